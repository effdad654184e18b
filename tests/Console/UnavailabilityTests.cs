using System.Net;
using DialogueMesh.Console.Api;
using Grpc.Core;
using Xunit;

namespace DialogueMesh.Tests.Console;

public sealed class UnavailabilityTests
{
    public static TheoryData<Exception, string?> Faults { get; } = new()
    {
        { new HttpRequestException("refused"), "the dataset service does not answer: try again when it is back" },
        { new TaskCanceledException("timed out", new TimeoutException()), "the dataset service does not answer: try again when it is back" },
        { new HttpRequestException("no", null, HttpStatusCode.Unauthorized), "the dataset service refuses the mesh's token: give all services the same Mesh__Token" },
        { new HttpRequestException("no", null, HttpStatusCode.InternalServerError), "the dataset service answers 500: its log says why" },
        { new RpcException(new Status(StatusCode.Unavailable, "refused")), "the embedding service does not answer: try again when it is back" },
        { new RpcException(new Status(StatusCode.DeadlineExceeded, "late")), "the embedding service does not answer: try again when it is back" },
        { new RpcException(new Status(StatusCode.Unauthenticated, "no")), "the embedding service refuses the mesh's token: give all services the same Mesh__Token" },
        { new RpcException(new Status(StatusCode.Internal, "broken")), "the embedding service answers Internal: its log says why" },
        { new InvalidOperationException("ours"), null },
        { new TaskCanceledException("the caller went"), null },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void Describe_Fault_SaysWhichServiceAndWhatToDo(Exception fault, string? line) => Assert.Equal(line, Unavailability.Describe(fault));
}
