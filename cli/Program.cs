using DialogueMesh.Cli.Commands;
using DialogueMesh.Cli.Embedded;
using DialogueMesh.Cli.Mesh;

return await CommandRun.RunAsync(args, Console.Out, Console.Error, (settings, cancellationToken) =>
    settings.Mesh is null ? EmbeddedRun.RunAsync(settings, cancellationToken) : MeshRun.RunAsync(settings, cancellationToken));
