namespace DialogueMesh.Tests.Scenario.Corpora;

/// <summary>One small dialogue in each format; the same talk, so that the same is read.</summary>
internal static class Fixtures
{
    public const string MultiWoz = """
        [
          {
            "dialogue_id": "MUL0001.json",
            "services": ["restaurant"],
            "turns": [
              {
                "turn_id": "0",
                "speaker": "USER",
                "utterance": "A Crêperie 🥞 in the  centre, please.",
                "frames": [
                  {
                    "service": "restaurant",
                    "actions": [],
                    "slots": [{"slot": "restaurant-food", "start": 2, "exclusive_end": 10, "value": "Crêperie"},
                              {"slot": "restaurant-area", "start": 27, "exclusive_end": 21, "value": "Centre"},
                              {"slot": "restaurant-name", "start": 0, "exclusive_end": 3, "value": "Nando's"},
                              {"slot": "restaurant-day", "copy_from": "hotel-day", "value": ["monday"]}],
                    "state": {"active_intent": "find_restaurant", "requested_slots": ["restaurant-phone"],
                              "slot_values": {"restaurant-area": ["centre", "center"]}}
                  },
                  {"service": "hotel", "actions": [], "slots": [],
                   "state": {"active_intent": "NONE", "requested_slots": [], "slot_values": {}}}
                ]
              },
              {"turn_id": "1", "speaker": "SYSTEM", "utterance": "Shall I book\n\"Chez Loup\"?", "frames": []}
            ]
          },
          {"dialogue_id": "MUL0002.json", "services": [], "turns": []}
        ]
        """;

    public const string DialogActs = """
        {"MUL0001.json": {
          "0": {"dialog_act": {"Restaurant-Inform": [["food", "crêperie"], ["area", "centre"]], "Restaurant-Request": [["phone", "?"]]}, "span_info": []},
          "1": {"dialog_act": {"Booking-Inform": [["none", "none"]], "Restaurant-Recommend": [["name", "Chez Loup"]], "general-reqmore": [["none", "none"]]}, "span_info": []}
        }}
        """;

    public const string HuggingFace = """
        {"dialogue_id": "MUL0001.json", "services": ["restaurant"], "turns": {"turn_id": ["0", "1"], "speaker": [0, 1], "utterance": ["A Crêperie 🥞 in the  centre, please.", "Shall I book\n\"Chez Loup\"?"], "frames": [{"service": ["restaurant", "hotel"], "state": [{"active_intent": "find_restaurant", "requested_slots": ["restaurant-phone"], "slots_values": {"slots_values_name": ["restaurant-area"], "slots_values_list": [["centre", "center"]]}}, {"active_intent": "NONE", "requested_slots": [], "slots_values": {"slots_values_name": [], "slots_values_list": []}}], "slots": [{"slot": ["restaurant-food", "restaurant-area", "restaurant-name", "restaurant-day"], "value": ["Crêperie", "Centre", "Nando's", ""], "start": [2, 27, 0, -1], "exclusive_end": [10, 21, 3, -1], "copy_from": ["", "", "", "hotel-day"], "copy_from_value": [[], [], [], ["monday"]]}, {"slot": [], "value": [], "start": [], "exclusive_end": [], "copy_from": [], "copy_from_value": []}]}, {"service": [], "state": [], "slots": []}], "dialogue_acts": [{"dialog_act": {"act_type": ["Restaurant-Inform", "Restaurant-Request"], "act_slots": [{"slot_name": ["food", "area"], "slot_value": ["crêperie", "centre"]}, {"slot_name": ["phone"], "slot_value": ["?"]}]}, "span_info": {"act_type": []}}, {"dialog_act": {"act_type": ["Booking-Inform", "Restaurant-Recommend", "general-reqmore"], "act_slots": [{"slot_name": ["none"], "slot_value": ["none"]}, {"slot_name": ["name"], "slot_value": ["Chez Loup"]}, {"slot_name": ["none"], "slot_value": ["none"]}]}, "span_info": {"act_type": []}}]}}
        {"dialogue_id": "MUL0002.json", "services": [], "turns": {"turn_id": [], "speaker": [], "utterance": [], "frames": [], "dialogue_acts": []}}
        """;

    public const string Sgd = """
        [{"dialogue_id": "1_00000", "services": ["Restaurants_2", "RentalCars_1", "Services_3"], "turns": [
          {"speaker": "USER", "utterance": "A table at half past 11 in San José, I need a doctor too.",
           "frames": [{"service": "Restaurants_2",
             "actions": [{"act": "INFORM", "slot": "time", "values": ["half past 11"], "canonical_values": ["11:30"]},
                         {"act": "INFORM", "slot": "location", "values": ["San José"]},
                         {"act": "INFORM_INTENT", "slot": "intent", "values": ["ReserveRestaurant"]}],
             "slots": [{"slot": "time", "start": 11, "exclusive_end": 23}, {"slot": "location", "start": 35, "exclusive_end": 27}],
             "state": {"active_intent": "ReserveRestaurant", "requested_slots": [], "slot_values": {"time": ["half past 11"]}}}]},
          {"speaker": "SYSTEM", "utterance": "Confirming San José.",
           "frames": [{"service": "Restaurants_2", "actions": [{"act": "CONFIRM", "slot": "location", "values": ["San José"]}],
             "slots": [{"slot": "location", "start": 11, "exclusive_end": 19}], "service_call": {"method": "x"}, "service_results": []}]}
        ]}]
        """;
}
