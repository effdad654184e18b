using DialogueMesh.Simulator;

return await StandaloneSimulator.RunAsync(args, Console.Out, Console.Error);
