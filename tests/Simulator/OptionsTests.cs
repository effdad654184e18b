using DialogueMesh.Contracts;
using DialogueMesh.Simulator;
using DialogueMesh.Simulator.Faults;
using DialogueMesh.Simulator.Latencies;
using DialogueMesh.Simulator.Limits;
using Microsoft.Extensions.Configuration;
using Xunit;

namespace DialogueMesh.Tests.Simulator;

public sealed class OptionsTests
{
    [Fact]
    public void Read_AllKindsOfSettings_AreBound()
    {
        var options = Read(
            "Port=8000", "ApiKey=k", "FaultShare=0.1", "Faults:silence=0.02", "Faults:Huge=0.03",
            "Latency:Shape=lognormal", "Latency:MedianMilliseconds=8000", "Latency:P95Milliseconds=20000",
            "Limits:RequestsPerMinute=3000", "Limits:Headers=false", "Limits:RetryAfter=Date");

        Assert.Equal((8000, "k", 0.1), (options.Port, options.ApiKey, options.FaultShare));
        Assert.Equal([(Fault.Silence, 0.02), (Fault.Huge, 0.03)], options.Faults.OrderBy(each => each.Key).Select(each => (each.Key, each.Value)));
        Assert.Equal((LatencyShape.Lognormal, 8000, 20000), (options.Latency.Shape, options.Latency.MedianMilliseconds, options.Latency.P95Milliseconds));
        Assert.Equal((3000, false, RetryAfterForm.Date), (options.Limits.RequestsPerMinute, options.Limits.Headers, options.Limits.RetryAfter));
    }

    [Fact]
    public void Read_Nothing_IsTheDefaults() => Assert.Equal((0, 0.0, LatencyShape.None), (Read().Port, Read().FaultShare, Read().AnswerTime.Shape));

    [Theory]
    [InlineData("Port=x", "'x' at 'Simulator:Port'")]
    [InlineData("Port=70000", "Simulator:Port is 70000; it must be in 0..65535")]
    [InlineData("Colour=red", "Simulator: there is no setting 'Colour'")]
    [InlineData("Limits:Requests=1", "there is no setting 'Requests'")]
    [InlineData("Limits:RequestsPerMinute=-1", "Simulator:Limits: RequestsPerMinute is -1; it must not be negative, 0 is unlimited")]
    [InlineData("Latency:Shape=Odd", "'Odd' at 'Simulator:Latency:Shape'")]
    [InlineData("Latency:Shape=Lognormal", "Simulator:Latency: MedianMilliseconds is 0; it must be more than 0")]
    [InlineData("FaultShare=1.5", "Simulator:FaultShare is 1.5; it must be in 0..1")]
    [InlineData("Faults:None=0.1", "Simulator:Faults: None is 0.1; give one of RateLimited,")]
    [InlineData("Faults:Bang=0.1", "Simulator:Faults: Bang is 0.1; give one of RateLimited,")]
    [InlineData("Faults:7=0.1", "Simulator:Faults: 7 is 0.1; give one of RateLimited,")]
    [InlineData("Faults:Huge=much", "Simulator:Faults: Huge is much; give one of RateLimited,")]
    [InlineData("Faults:Huge=-1", "Simulator:Faults: Huge is -1; give one of RateLimited,")]
    [InlineData("FaultShare=0.9 Faults:Huge=0.2", "Simulator:Faults: the shares sum to 1.1; with FaultShare they must not exceed 1")]
    [InlineData("DelayMilliseconds=5 Latency:Shape=Fixed", "Simulator:DelayMilliseconds and Simulator:Latency are both set")]
    public void Read_BadSetting_SaysWhatAndWhereInOneLine(string settings, string says)
    {
        var message = Assert.Throws<InputException>(() => Read(settings.Split(' '))).Message;

        Assert.Contains(says, message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
    }

    private static SimulatorOptions Read(params string[] settings) => SimulatorOptions.Read(new ConfigurationBuilder()
        .AddInMemoryCollection(settings.Select(setting => setting.Split('=')).Select(parts => KeyValuePair.Create($"Simulator:{parts[0]}", (string?)parts[1]))).Build());
}
