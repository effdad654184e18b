using DialogueMesh.Cli.Embedded;
using DialogueMesh.Cli.Options;
using DialogueMesh.Embedding.Static;
using DialogueMesh.Runs.Requests;
using DialogueMesh.Scenario.Inputs;
using Spectre.Console;
using Xunit;

namespace DialogueMesh.Tests.Cli;

public sealed class DryRunTests
{
    [Fact]
    public void Write_Interrupted_EndsWithoutAPlan()
    {
        var settings = new GenerateSettings { TotalGenerations = 3 };
        var inputs = RunInputs.Load(settings.Inputs, CancellationToken.None);
        var spec = RunSpecs.Of(settings, inputs, RunSpecs.Simulator, StaticEncoder.BuiltIn, settings.TotalGenerations);
        using var output = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) });

        Assert.Throws<OperationCanceledException>(() => DryRun.Write(console, settings, spec, inputs, price: null, new CancellationToken(canceled: true)));

        Assert.Empty(output.ToString());
    }
}
