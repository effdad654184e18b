using System.Globalization;
using DialogueMesh.Benchmarks.Llm;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
switch (args)
{
    case ["serve", var requests, var tokens, var median, var tells]:
        await LimitedServer.RunAsync(new ServerLimits(int.Parse(requests), long.Parse(tokens), double.Parse(median), bool.Parse(tells)));
        return 0;
    case ["overhead", var rate, var seconds]:
        await Overhead.RunAsync(int.Parse(rate), int.Parse(seconds));
        return 0;
    case ["limits", var requests, var tokens, var mean, var tells, var minutes]:
        await LimitUse.RunAsync(new ServerLimits(int.Parse(requests), long.Parse(tokens), double.Parse(mean), bool.Parse(tells)), int.Parse(minutes));
        return 0;
    default:
        Console.Error.WriteLine("""
            overhead RATE SECONDS                       what the client adds to a call, at so many calls a second
            limits RPM TPM MEAN_SECONDS TELLS MINUTES   how much of a server's limits is used (TELLS true: it says what they are)
            """);
        return 2;
}
