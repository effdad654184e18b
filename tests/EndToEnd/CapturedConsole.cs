using Xunit;

// Runs in this process write to the console as the program does; it belongs to the test's output.
[assembly: CaptureConsole]
