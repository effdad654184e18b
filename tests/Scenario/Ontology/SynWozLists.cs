namespace DialogueMesh.Tests.Scenario.Ontology;

/// <summary>The categories and regions of SynWOZ, which the built-in ontology covers at least.</summary>
internal static class SynWozLists
{
    public static readonly IReadOnlyDictionary<string, string[]> Categories = new Dictionary<string, string[]>
    {
        ["general"] = Split("account_management, cancellation_general, complaint, refund_request_general, payment_issues, general_inquiry, feedback, technical_support, lost_and_found_general"),
        ["restaurant"] = Split("dining_reservation, dietary_requirements, table_modification, special_occasion, menu_inquiry, order_status, reservation_cancellation"),
        ["hotel"] = Split("room_reservation, check_in_out, amenity_inquiry, room_service, booking_modification, housekeeping_request, reservation_cancellation"),
        ["train"] = Split("journey_planning, schedule_inquiry, ticket_booking, platform_information, ticket_change, ticket_cancellation, seat_selection"),
        ["attraction"] = Split("ticket_availability, opening_hours, guided_tour, venue_information, group_booking, ticket_cancellation, accessibility_inquiry"),
        ["taxi"] = Split("ride_booking, pickup_location, fare_inquiry, driver_tracking, ride_cancellation, ride_feedback, service_type_inquiry"),
        ["hospital"] = Split("appointment_booking, department_inquiry, medical_information, emergency_services, appointment_cancellation, insurance_inquiry, medical_record_request"),
        ["bus"] = Split("route_information, schedule_inquiry, ticket_booking, stop_location, ticket_change, ticket_cancellation, seat_selection"),
        ["flight"] = Split("flight_booking, cancellation_flight, ticket_change, baggage_inquiry, check_in, seat_selection, flight_status, upgrade_request, refund_request_flight, lounge_access, boarding_pass_issue, special_meals, pet_transportation"),
    };

    public static readonly string[] Regions = Split(
        "Tokyo, Delhi, Shanghai, Sao Paulo, Mumbai, Beijing, Cairo, Mexico City, Dhaka, Osaka, Karachi, Chongqing, "
        + "Istanbul, Buenos Aires, Kolkata, Kinshasa, Lagos, Manila, Rio de Janeiro, Guangzhou, Los Angeles, Moscow, Paris, "
        + "Bangkok, Jakarta, London, Lima, New York, Shenzhen, Bangalore, Ho Chi Minh City, Hyderabad, Bogota, Tianjin, Santiago, "
        + "Sydney, Berlin, Madrid, Toronto, Johannesburg, Dubai, Singapore, Tehran, Baghdad, Riyadh, Rome, Cape Town, Casablanca, "
        + "Barcelona, Seoul, Melbourne, Copenhagen, Zurich, Kuala Lumpur");

    public static readonly string[] UserEmotions = Split(
        "Frustrated, Angry, Confused, Worried, Disappointed, Happy, Anxious, Impatient, Skeptical, Desperate, "
        + "Overwhelmed, Hopeful, Satisfied, Stressed, Suspicious, Tired, Excited, Indifferent, Grateful, Demanding");

    public static readonly string[] AssistantEmotions = Split(
        "Professional, Informative, Reassuring, Diplomatic, Patient, Efficient, Accommodating, "
        + "Solution-focused, Methodical, Proactive, Analytical, Composed, Detail-oriented, Responsive, Thorough, Systematic, "
        + "Precise, Objective, Resourceful, Knowledgeable");

    private static string[] Split(string list) => list.Split(", ");
}
