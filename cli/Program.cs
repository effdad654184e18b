using DialogueMesh.Cli.Commands;
using DialogueMesh.Cli.Embedded;

return await CommandRun.RunAsync(args, Console.Out, Console.Error, EmbeddedRun.RunAsync);
