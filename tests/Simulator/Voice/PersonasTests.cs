using DialogueMesh.Simulator.Voice.People;
using Xunit;

namespace DialogueMesh.Tests.Simulator.Voice;

public sealed class PersonasTests
{
    [Theory]
    [InlineData("A school-bus driver from Leeds who knows every child by name.", "I keep to a timetable all day long.")]
    [InlineData("A nurse in Lyon, mother of three.", "I've got my shift plan open next to me.")]
    [InlineData("A retired sound engineer who writes everything down.", "Since I gave up work I do these things myself.")]
    [InlineData("A stage manager from Chicago.", "Give me my cue and I'll answer.")]
    [InlineData("A grief counsellor in Perth.", "I'm used to listening, so talk me through it.")]
    public void Remarks_NamedOccupation_AreAboutIt(string persona, string remark) => Assert.Contains(remark, Personas.Remarks(persona, byDay: true));

    [Theory]
    [InlineData("A school-bus driver from Leeds.", "Back behind the wheel, then.")]
    [InlineData("A zymurgist from Ghent.", "Back to my own work, then.")]
    [InlineData("Likes long walks.", "I'd better get on.")]
    public void Partings_AnyPersona_SuitIt(string persona, string parting) => Assert.Contains(parting, Personas.Partings(persona, byDay: true));

    [Theory]
    [InlineData("A zymurgist from Ghent who talks of little else.", "zymurgist")]
    [InlineData("Likes long walks.", null)]
    [InlineData("", null)]
    public void Remarks_UnknownOccupation_FitAnyone(string persona, string? name)
    {
        Assert.Equal(name, Personas.Name(persona));
        Assert.NotEmpty(Personas.Remarks(persona, byDay: false));
        Assert.Equal(name is not null, Personas.Remarks(persona, byDay: false).Any(remark => remark.Contains("{a x}", StringComparison.Ordinal)));
    }
}
