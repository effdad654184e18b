using DialogueMesh.Contracts.Dialogues;
using DialogueMesh.Contracts.Runs;
using DialogueMesh.Generation.Alignment;
using DialogueMesh.Generation.Answers;
using DialogueMesh.Generation.Prompts;
using DialogueMesh.Llm;
using DialogueMesh.Scenario.Corpora;
using DialogueMesh.Simulator;
using DialogueMesh.Simulator.Voice.Phrases;
using DialogueMesh.Tests.Scenario;
using DialogueMesh.Tests.Scenario.Corpora;
using FsCheck;
using FsCheck.Fluent;
using Xunit;
using Speaker = DialogueMesh.Simulator.Voice.Speaker;

namespace DialogueMesh.Tests.Simulator.Voice;

public sealed class SpeakerTests
{
    private static readonly Speaker Voice = new(TestCells.Catalog);

    /// <summary>As a fresh clone has it: with the phrases of the sample corpus.</summary>
    private static readonly Speaker Learned = new(
        TestCells.Catalog, SeedCorpora.Load(Path.Combine(SharedData.RepositoryRoot(), "data", "sample"), CancellationToken.None));

    [Fact]
    public void Reply_AnyOutline_AlignsAtOnceAndReadsWell() =>
        Prop.ForAll(Gen.Choose(1, 1_000_000).ToArbitrary(), seed => Assert.Empty(TestCells.Of(seed, 60).SelectMany(cell => Broken(cell, seed))))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(9));

    /// <summary>Among them an offer of "St. Hikaru Hospital", which is one sentence, with more to tell before its question.</summary>
    [Theory]
    [InlineData(95253)]
    [InlineData(302555)]
    [InlineData(368567)]
    public void Reply_RunsThatOnceBroke_ReadWell(int seed) => Assert.Empty(TestCells.Of(seed, 60).SelectMany(cell => Broken(cell, seed)));

    [Fact]
    public void Reply_Freeform_KeepsToTheBoundsAndReadsWell()
    {
        foreach (var cell in TestCells.Of(31, 60))
        {
            var answer = Answer(FreeformPrompt.Of(TestCells.Blueprint(cell, 31, GenerationMode.Freeform)));

            Assert.InRange(answer.Exchanges.Count, cell.Turns.Min, cell.Turns.Max);
            Assert.Empty(SpeechRules.Broken(answer.Exchanges.Select(said => (said.User, said.Assistant))));
            Assert.All(answer.Exchanges, said => Assert.False(string.IsNullOrEmpty(said.Intent) || string.IsNullOrEmpty(said.UserEmotion) || string.IsNullOrEmpty(said.AssistantEmotion)));
        }
    }

    [Fact]
    public void Reply_SamePrompt_GivesTheSameAnswer()
    {
        var request = OutlinePrompt.Of(TestCells.Blueprint(TestCells.Of(32, 1).Single(), 32));

        Assert.Equal(Voice.Reply(Prompt(request)), new Speaker(TestCells.Catalog).Reply(Prompt(request)));
        Assert.NotEqual(Voice.Reply(Prompt(request)), Voice.Reply(Prompt(request with { Seed = request.Seed + 1 })));
    }

    [Fact]
    public void Reply_Scenario_NamesWhoWhereWhenAndHowItEnds()
    {
        foreach (var cell in TestCells.Of(33, 40))
        {
            var message = TestCells.Blueprint(cell, 33);
            var scenario = Answer(OutlinePrompt.Of(message)).Scenario;

            Assert.Contains("retired sound engineer", scenario, StringComparison.Ordinal);
            Assert.Contains(cell.Region, scenario, StringComparison.Ordinal);
            Assert.Contains(message.Blueprint.Clock, scenario, StringComparison.Ordinal);
            Assert.Contains(message.Blueprint.Goal.Tasks.Single(task => task.Primary).Obstacle ?? "", scenario, StringComparison.Ordinal);
            Assert.DoesNotContain('{', scenario);
        }
    }

    [Fact]
    public void Reply_Repair_SaysWhatWasMissing()
    {
        var message = TestCells.Blueprint(TestCells.Of(34, 1).Single(), 34);
        var answer = new DialogueAnswer("s", [new("I want a room.", "For how long?"), new("For 3 nights.", "It's booked.")]);

        var request = RepairPrompt.Of(message, answer, [new(1, true, "hotel-day", "Friday"), new(1, false, "hotel-ref", "HB-77"), new(1, false, "hotel-price", "£90")]);
        var repaired = AnswerParser.Repair(Voice.Reply(Prompt(request)))!;

        var mended = Assert.Single(repaired.Exchanges);
        Assert.Equal(2, mended.Number);
        Assert.Equal(("For 3 nights. That's Friday.", "It's booked. That's HB-77 and £90."), (mended.User, mended.Assistant));
    }

    [Theory]
    [InlineData("other", "<blueprint>{}</blueprint>")]
    [InlineData("dialogue", "no data here")]
    [InlineData("dialogue", "<blueprint>null</blueprint>")]
    public void Reply_ForeignPrompt_SaysSo(string schema, string user) =>
        Assert.Throws<FormatException>(() => Voice.Reply(new ChatPrompt("m", "", user, schema, 1, 1, new string('0', 64))));

    [Fact]
    public void Reply_UserLeaves_AnswersTheQuestionOrTheOutcome()
    {
        foreach (var cell in TestCells.Of(34, 90))
        {
            var message = TestCells.Blueprint(cell, 34);
            var exchanges = message.Blueprint.Outline;
            var last = exchanges[^1].User;
            var asked = exchanges.Count > 1 && exchanges[^2].Assistant.Any(act => act.Act == Acts.RequestMore);
            if (last[0].Act == Acts.Goodbye || (!asked && cell.Resolution == Resolutions.Resolved))
            {
                continue;
            }

            var said = Answer(OutlinePrompt.Of(message)).Exchanges[^1].User;

            Assert.Contains(
                Phrasebook.Default[asked ? "user.nothing_more" : $"user.outcome.{cell.Resolution}"],
                phrase => said.StartsWith(phrase, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Reply_EmotionsOfBoth_ShowInWords()
    {
        var (moods, manners, all) = (0, 0, 0);
        foreach (var cell in TestCells.Of(35, 150))
        {
            var message = TestCells.Blueprint(cell, 35);
            var said = Answer(OutlinePrompt.Of(message)).Exchanges;
            var emotions = message.Blueprint.Outline.Select(exchange => exchange.UserEmotion).Distinct();
            all++;
            moods += Says(said.Select(exchange => exchange.User), emotions.SelectMany(emotion => Phrases($"user.moods.{emotion}"))) ? 1 : 0;
            manners += Says(said.Select(exchange => exchange.Assistant), Phrases($"assistant.manner.{cell.AssistantEmotion}")) ? 1 : 0;
        }

        Assert.InRange(moods, all * 0.9, all);
        Assert.InRange(manners, all * 0.9, all);
    }

    [Fact]
    public void Phrasebook_EveryEmotionOfThePlan_HasWords()
    {
        Assert.All(TestCells.Catalog.Plan.UserEmotions, emotion => Assert.Equal(["aside", "open"], Phrasebook.Default.Sections($"user.moods.{emotion}").Order()));
        Assert.All(TestCells.Catalog.Plan.AssistantEmotions, emotion => Assert.Equal(["ask", "news", "open"], Phrasebook.Default.Sections($"assistant.manner.{emotion}").Order()));
    }

    private static IEnumerable<string> Phrases(string path) => Phrasebook.Default.Sections(path).SelectMany(section => Phrasebook.Default[$"{path}.{section}"]);

    private static bool Says(IEnumerable<string> utterances, IEnumerable<string> phrases)
    {
        var said = string.Join(' ', utterances);
        return phrases.Any(phrase => said.Contains(phrase.TrimEnd('.', '!'), StringComparison.OrdinalIgnoreCase));
    }

    private static IEnumerable<string> Broken(Cell cell, int seed)
    {
        var message = TestCells.Blueprint(cell, seed);
        var answer = Answer(OutlinePrompt.Of(message), cell.Ordinal % 2 == 0 ? Voice : Learned);
        var missing = Annotation.Of(message.Blueprint.Outline, answer) is AnnotationOutcome.Misaligned misaligned
            ? misaligned.Missing.Select(value => $"misaligned: {value} in {answer.Exchanges[value.Exchange]}")
            : [];
        return missing.Concat(SpeechRules.Broken(answer.Exchanges.Select(said => (said.User, said.Assistant))))
            .Select(problem => $"{cell.Category}, {cell.Resolution}, key {seed}/{cell.Ordinal}: {problem}");
    }

    private static DialogueAnswer Answer(ChatRequest request, Speaker? speaker = null)
    {
        var (answer, problem) = AnswerParser.Dialogue((speaker ?? Voice).Reply(Prompt(request)));
        return answer ?? throw new InvalidOperationException(problem);
    }

    private static ChatPrompt Prompt(ChatRequest request) => new(
        request.Model, request.System, request.User, request.SchemaName, request.Seed, request.Sampling.Temperature ?? 1, RequestHash.Of("simulator", request));
}
