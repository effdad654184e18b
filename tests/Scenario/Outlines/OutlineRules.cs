using DialogueMesh.Contracts.Blueprints;
using DialogueMesh.Contracts.Dialogues;
using DialogueMesh.Contracts.Runs;
using DialogueMesh.Scenario.Ontology;
using DialogueMesh.Scenario.Outlines;

namespace DialogueMesh.Tests.Scenario.Outlines;

/// <summary>What every outline must keep to, said anew from the contracts; each rule names what breaks it.</summary>
internal sealed class OutlineRules(OntologyCatalog catalog, Cell cell, PlannedOutline plan)
{
    private static readonly HashSet<string> UserActs =
    [
        Acts.InformIntent, Acts.RequestAlternatives, Acts.Select, Acts.Affirm, Acts.Negate, Acts.ThankYou, Acts.Inform, Acts.Request,
        Acts.Goodbye, Acts.Acknowledge,
    ];

    private static readonly HashSet<string> AssistantActs =
    [
        Acts.Inform, Acts.Request, Acts.Goodbye, Acts.Acknowledge, Acts.Confirm, Acts.Offer, Acts.NotifySuccess, Acts.NotifyFailure,
        Acts.RequestMore, Acts.Escalate,
    ];

    private static readonly HashSet<string> Outcomes = [Acts.NotifySuccess, Acts.NotifyFailure, Acts.Escalate, Acts.Inform];

    /// <summary>All acts in the order said.</summary>
    private readonly List<(bool User, PlannedAct Act)> said = [.. plan.Exchanges.SelectMany(exchange =>
        exchange.User.Select(act => (true, act)).Concat(exchange.Assistant.Select(act => (false, act))))];

    private readonly TaskGoal primary = plan.Goal.Tasks.Single(task => task.Primary);

    public IEnumerable<string> Broken() =>
        Length().Concat(Turns()).Concat(Ending()).Concat(Goals()).Concat(Questions()).Concat(ReadBacks()).Concat(Copies()).Concat(Offers()).Concat(Times()).Concat(Rows()).Concat(Farewell());

    private IEnumerable<string> Length()
    {
        if (plan.Exchanges.Count < cell.Turns.Min || plan.Exchanges.Count > cell.Turns.Max)
        {
            yield return $"length: {plan.Exchanges.Count} exchanges, not {cell.Turns.Min} to {cell.Turns.Max}";
        }
    }

    private IEnumerable<string> Turns()
    {
        foreach (var exchange in plan.Exchanges)
        {
            if (exchange.User.Count == 0 || exchange.Assistant.Count == 0)
            {
                yield return "turns: a speaker says nothing";
            }

            foreach (var act in exchange.User.Where(act => !UserActs.Contains(act.Act)))
            {
                yield return $"turns: a user says {act.Act}";
            }

            foreach (var act in exchange.Assistant.Where(act => !AssistantActs.Contains(act.Act)))
            {
                yield return $"turns: an assistant says {act.Act}";
            }
        }
    }

    private bool OfTask(TaskGoal task, PlannedAct act) =>
        act.Service == task.Service || (task.Service == OntologyCatalog.General && act.Service == cell.Services[0]);

    private IEnumerable<string> Ending()
    {
        var outcomes = said.Where(pair => !pair.User && OfTask(primary, pair.Act) && Outcomes.Contains(pair.Act.Act)).Select(pair => pair.Act).ToList();
        var expected = cell.Resolution switch
        {
            Resolutions.Failed => Acts.NotifyFailure,
            Resolutions.Escalated => Acts.Escalate,
            _ => null,
        };
        if (outcomes.Count == 0 || (expected is null ? outcomes[^1].Act is not (Acts.NotifySuccess or Acts.Inform) : outcomes[^1].Act != expected))
        {
            yield return $"ending: {cell.Resolution} ends with {(outcomes.Count == 0 ? "nothing" : outcomes[^1].Act)}";
        }

        if (expected != Acts.Escalate && said.Exists(pair => pair.Act.Act == Acts.Escalate))
        {
            yield return "ending: escalated without need";
        }

        var desks = catalog.Services[primary.Service].Categories[primary.Category].Troubles.Select(trouble => trouble.Desk);
        if (expected == Acts.Escalate && !(outcomes[^1].Slot == "desk" && desks.Contains(outcomes[^1].Value)))
        {
            yield return "ending: handed over to nobody";
        }

        if (plan.Goal.Tasks.Any(task => task.Outcome != (task.Primary ? cell.Resolution : Resolutions.Resolved)
            || task.Obstacle is null != (task.Outcome == Resolutions.Resolved)))
        {
            yield return "ending: outcomes or obstacles of the goal";
        }
    }

    private IEnumerable<string> Goals()
    {
        foreach (var task in plan.Goal.Tasks)
        {
            var given = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var (_, act) in said.Where(pair => pair.User && pair.Act.Service == task.Service && pair.Act is { Act: Acts.Inform or Acts.Select, Value: not null }))
            {
                given[act.Slot!] = act.Value!;
            }

            if (!given.OrderBy(pair => pair.Key, StringComparer.Ordinal).SequenceEqual(task.Constraints.OrderBy(pair => pair.Key, StringComparer.Ordinal)))
            {
                yield return $"goal: constraints of {task.Service} are not what the user said";
            }

            foreach (var slot in task.Requests)
            {
                var asked = said.FindIndex(pair => pair.User && pair.Act.Act == Acts.Request && OfTask(task, pair.Act) && pair.Act.Slot == slot);
                var told = said.FindLastIndex(pair => !pair.User && pair.Act.Act == Acts.Inform && OfTask(task, pair.Act) && pair.Act.Slot == slot);
                if (asked < 0 || (task.Outcome == Resolutions.Resolved && told < asked))
                {
                    yield return $"goal: {task.Service}-{slot} is {(asked < 0 ? "not asked" : "not told")}";
                }
            }
        }
    }

    private IEnumerable<string> Questions()
    {
        var given = new Dictionary<(string Service, string Slot), string>();
        var told = new HashSet<(string Service, string Slot)>();
        foreach (var (user, act) in said.Where(pair => pair.Act.Slot is not null))
        {
            var slot = (act.Service, act.Slot!);
            if (!user && act.Act == Acts.Request && given.ContainsKey(slot))
            {
                yield return $"questions: the assistant asks for {slot} although the user gave it";
            }

            if (user && act.Act == Acts.Request && (told.Contains(slot) || given.ContainsKey(slot)))
            {
                yield return $"questions: the user asks for {slot} although it is known";
            }

            if (user && act.Act == Acts.Inform && given.GetValueOrDefault(slot) == act.Value)
            {
                yield return $"questions: the user says {slot} twice";
            }

            if (user && act is { Act: Acts.Inform or Acts.Select, Value: not null })
            {
                given[slot] = act.Value;
            }

            if (!user && act.Act is Acts.Inform or Acts.Offer)
            {
                told.Add(slot);
            }
        }
    }

    private IEnumerable<string> ReadBacks()
    {
        var given = new Dictionary<(string Service, string Slot), string>();
        foreach (var (user, act) in said.Where(pair => pair.Act is { Slot: not null, Value: not null }))
        {
            if (user && act.Act is Acts.Inform or Acts.Select)
            {
                given[(act.Service, act.Slot!)] = act.Value!;
            }
            else if (act.Act == Acts.Confirm && given.GetValueOrDefault((act.Service, act.Slot!)) != act.Value)
            {
                yield return $"confirm: {act.Service}-{act.Slot}={act.Value} is not what the user said";
            }
        }
    }

    private IEnumerable<string> Copies()
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (_, act) in said.Where(pair => pair.Act is { Slot: not null, Value: not null }))
        {
            if (act.CopyFrom is not null && values.GetValueOrDefault(act.CopyFrom) != act.Value)
            {
                yield return $"copies: {act.Service}-{act.Slot}={act.Value} from {act.CopyFrom}={values.GetValueOrDefault(act.CopyFrom)}";
            }

            values[$"{act.Service}.{act.Slot}"] = act.Value!;
        }
    }

    private IEnumerable<string> Offers()
    {
        var seen = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        foreach (var exchange in plan.Exchanges)
        {
            foreach (var act in exchange.User.Where(act => act.Act == Acts.Select))
            {
                if (!seen.GetValueOrDefault($"{act.Service}.{act.Slot}", []).Contains(act.Value!))
                {
                    yield return $"offers: {act.Slot}={act.Value} is taken without having been offered";
                }
            }

            foreach (var offers in exchange.Assistant.Where(act => act.Act == Acts.Offer).GroupBy(act => act.Service))
            {
                var fresh = offers.Count(act => seen.TryAdd($"{act.Service}.{act.Slot}", []) | seen[$"{act.Service}.{act.Slot}"].Add(act.Value!));
                if (fresh == 0)
                {
                    yield return $"offers: {string.Join(", ", offers.Select(act => act.Value))} is offered again";
                }
            }
        }
    }

    private IEnumerable<string> Farewell() =>
        plan.Exchanges[^1].Assistant.Any(act => act.Act == Acts.Goodbye) ? [] : ["farewell: the dialogue breaks off"];

    /// <summary>A row of questions is broken by something else: an offer, a wait, a word on the task itself.</summary>
    private IEnumerable<string> Rows()
    {
        var row = 0;
        foreach (var exchange in plan.Exchanges)
        {
            row = exchange.User.All(act => act.Act == Acts.Request) ? row + 1 : 0;
            if (row > 4)
            {
                yield return $"questions: {row} in a row, the last of them for {exchange.User[0].Slot}";
            }
        }
    }

    /// <summary>From the clock at take-off to the clock at landing; null where the distance is not known.</summary>
    private int? FlightMinutes(Dictionary<(string Service, string Slot), string> values, string service, Route route)
    {
        var flights = catalog.Regions[cell.Region].Flights;
        return values.TryGetValue((service, route.To), out var to) && flights.TryGetValue(to, out var there) ? there.Minutes + there.Ahead
            : values.TryGetValue((service, route.From), out var from) && flights.TryGetValue(from, out var back) ? back.Minutes - back.Ahead
            : null;
    }

    /// <summary>By car; null where the distance is not known.</summary>
    private int? RoadMinutes(Dictionary<(string Service, string Slot), string> values, string service, ValueSource.TimeAfter after)
    {
        var roads = catalog.Regions[cell.Region].Roads;
        return after.Road is not { Route: var route } ? null
            : values.TryGetValue((service, route.To), out var to) && roads.TryGetValue(to, out var there) ? there
            : values.TryGetValue((service, route.From), out var from) && roads.TryGetValue(from, out var back) ? back
            : null;
    }

    /// <summary>Midnight for what is no time.</summary>
    private static TimeOnly Time(string value) => TimeOnly.TryParse(value, out var time) ? time : default;

    /// <summary>"4 hours and 20 minutes" in minutes.</summary>
    private static int Minutes(string length) => length.Split(' ').Zip(length.Split(' ').Skip(1))
        .Sum(pair => pair.Second switch { "minutes" => int.Parse(pair.First), "hours" => 60 * int.Parse(pair.First), _ => 0 });

    /// <summary>A time that comes after another is that much later, in what stands in the end and in every offer.</summary>
    private IEnumerable<string> Times()
    {
        var values = new Dictionary<(string Service, string Slot), string>();
        foreach (var exchange in plan.Exchanges)
        {
            foreach (var act in exchange.User.Concat(exchange.Assistant).Where(act => act is { Slot: not null, Value: not null }))
            {
                values[(act.Service, act.Slot!)] = act.Value!;
            }

            foreach (var ((service, slot), value) in values)
            {
                switch (catalog.Services[service].Slots.GetValueOrDefault(slot)?.Values)
                {
                    case ValueSource.TimeAfter { Flight: { } route } landing when FlightMinutes(values, service, route) is { } minutes
                        && values.TryGetValue((service, landing.Slot), out var takeOff):
                        if (((Time(value) - Time(takeOff).AddMinutes(minutes)).TotalMinutes) > 15)
                        {
                            yield return $"times: {service}-{slot}={value} after {takeOff}, a flight of {minutes} minutes by the clocks";
                        }

                        break;
                    case ValueSource.TimeAfter { Road: { } road } arrival when RoadMinutes(values, service, arrival) is { } drive
                        && values.TryGetValue((service, arrival.Slot), out var start)
                        && ((Time(value) - Time(start)).TotalMinutes is var ride) && (ride < (drive * road.MinPercent / 100) || ride > (drive * road.MaxPercent / 100) + 5):
                        yield return $"times: {service}-{slot}={value} after {start}, {drive} minutes by car";
                        break;
                    case ValueSource.TimeAfter after when after.Flight is null && RoadMinutes(values, service, after) is null && values.TryGetValue((service, after.Slot), out var from)
                        && ((Time(value) - Time(from)).TotalMinutes is var minutes) && (minutes < after.MinMinutes || minutes > after.MaxMinutes):
                        yield return $"times: {service}-{slot}={value} after {from}";
                        break;
                    case ValueSource.MinutesBetween between when values.TryGetValue((service, between.From), out var from)
                        && values.TryGetValue((service, between.To), out var to)
                        && Minutes(value) != (Time(to) - Time(from)).TotalMinutes:
                        yield return $"times: {service}-{slot}={value} from {from} to {to}";
                        break;
                    default:
                        break;
                }
            }
        }
    }
}
