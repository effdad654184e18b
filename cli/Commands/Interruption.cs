using System.Runtime.InteropServices;

namespace DialogueMesh.Cli.Commands;

/// <summary>The first Ctrl-C (or SIGTERM) asks the run to stop, a second one ends the process at once.</summary>
internal sealed class Interruption : IDisposable
{
    private readonly CancellationTokenSource cancellation = new();
    private readonly List<PosixSignalRegistration> registrations = [];
    private readonly TextWriter error;
    private readonly Action<int> exit;
    private int signals;

    internal Interruption(TextWriter error, Action<int> exit) => (this.error, this.exit) = (error, exit);

    public CancellationToken Token => cancellation.Token;

    public static Interruption Listen(TextWriter error)
    {
        var interruption = new Interruption(error, Environment.Exit);
        foreach (var signal in new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM })
        {
            interruption.registrations.Add(PosixSignalRegistration.Create(signal, context =>
            {
                context.Cancel = true;
                interruption.OnSignal();
            }));
        }

        return interruption;
    }

    public void OnSignal()
    {
        if (Interlocked.Increment(ref signals) > 1)
        {
            exit(ExitCode.Interrupted);
            return;
        }

        error.WriteLine("interrupted: stopping cleanly; press Ctrl-C again to stop at once");
        cancellation.Cancel();
    }

    public void Dispose()
    {
        registrations.ForEach(registration => registration.Dispose());
        cancellation.Dispose();
    }
}
