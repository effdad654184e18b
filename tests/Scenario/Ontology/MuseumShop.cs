using DialogueMesh.Tests.Scenario.Corpora;

namespace DialogueMesh.Tests.Scenario.Ontology;

/// <summary>A service that the product does not know, in as few lines as it takes.</summary>
internal static class MuseumShop
{
    public const string Schema = """
        service: museumshop
        noun: museum shop
        companion: order_print
        entity: {key: name, slots: [name, floor]}
        slots:
          name: {label: shop, values: {region: attractions}}
          floor: {label: floor, values: [the ground floor, the first floor], want: ["Which floor is it on?"], give: ["It's on {v}."]}
          print: {label: print, values: [a map from 1750, a botanical print, a poster 🎨], frag: ["about {v}"], ask: ["Which print is it?"], answer: ["{v}", "It's {v}"]}
          size: {label: size, values: [A2, A3, A4]}
          copies: {label: number of copies, values: {number: [1, 6]}}
          buyer: {label: name of the buyer, values: {person: true}}
          price: {label: price, values: {money: [12, 80]}, want: ["What does it cost?"], give: ["It's {v}."]}
          hours: {label: opening hours, values: [10:00 to 17:00, 09:00 to 20:00], want: ["When are you open?"], give: ["We're open {v}."]}
          ref: {label: order number, values: {code: "MS-####"}}
        """;

    public const string Grammar = """
        service: museumshop
        categories:
          order_print:
            intent: order_print
            goal: "order {print}"
            open: ["I'd like to order a print.", "Do you sell {print}?", "Can I get a print from the shop?"]
            steps:
              - offer: [name]
              - give: [print, size, copies?]
              - give: [buyer]
              - confirm: [print, size, copies]
              - do: [ref]
              - ask: [price, hours?]
            troubles:
              - {id: sold_out, at: do, about: "the print is sold out", says: ["{print} is sold out."], failed: ["We won't print it again."], desk: the print room, escalated: ["They may have a proof."], recover: size}
              - {id: no_price, at: ask, about: "the price is being changed", says: ["There's no price for it today."], failed: ["So I can't sell it."], desk: the shop manager, escalated: ["The manager sets prices."]}
          find_shop:
            intent: find_shop
            goal: "find the shop {name}"
            open: ["Where is the museum shop?", "How do I find your shop?", "I'm looking for the shop."]
            steps:
              - offer: [name]
              - ask: [floor]
              - ask: [hours?]
            troubles:
              - {id: moved, at: offer, about: "the shop is moving", says: ["We're moving house."], failed: ["There's no shop this week."], desk: the front desk, escalated: ["They know where it will be."]}
        """;

    public const string Entities = """
        entities:
          - {name: Shop at the Dock, floor: the first floor}
          - {name: Gallery Books & Prints}
          - {name: The Étagère, region: Paris, floor: the ground floor}
        """;

    /// <summary>Its files; <paramref name="entities"/> null leaves the shops to the regions' names.</summary>
    public static TempFolder Overlay(string schema = Schema, string grammar = Grammar, string? entities = Entities)
    {
        var folder = new TempFolder();
        folder.Write("services/museumshop/schema.yaml", schema);
        folder.Write("services/museumshop/grammar.yaml", grammar);
        if (entities is not null)
        {
            folder.Write("services/museumshop/entities.yaml", entities);
        }

        return folder;
    }
}
