using DialogueMesh.Scenario.Outlines.Expansions;
using Xunit;

namespace DialogueMesh.Tests.Scenario.Outlines;

public sealed class ExpansionSetTests
{
    private static readonly Expansion[] All = [new Expansion.Closing(), new Expansion.Alternative(0, 1), new Expansion.Alternative(0, 1), new Expansion.Correct(0)];

    [Fact]
    public void Has_ListedTwice_IsOne()
    {
        var set = new ExpansionSet(All);

        set.Choose(set.PlaceOf(All[2]), true);

        Assert.True(set.Has(All[1]));
        Assert.False(set.Has(All[0]));
    }

    [Fact]
    public void Has_NotListed_IsNotThere() => Assert.False(new ExpansionSet(All).Has(new Expansion.Correct(1)));

    [Fact]
    public void Asked_AfterForget_HoldsOnlyWhatWasAskedSince()
    {
        var set = new ExpansionSet(All);
        set.Has(All[0]);
        set.Forget();
        set.Has(All[3]);

        Assert.Equal([false, false, false, true], set.Asked());
    }
}
