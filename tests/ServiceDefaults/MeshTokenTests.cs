using System.Net;
using DialogueMesh.ServiceDefaults.Mesh;
using Xunit;

namespace DialogueMesh.Tests.ServiceDefaults;

public sealed class MeshTokenTests
{
    [Theory]
    [InlineData(null, "127.0.0.1", "", true)]
    [InlineData(null, "::1", "Bearer anything", true)]
    [InlineData(null, "10.0.0.7", "", false)]
    [InlineData("s3cret", "127.0.0.1", "", false)]
    [InlineData("s3cret", "10.0.0.7", "Bearer s3cre", false)]
    [InlineData("s3cret", "10.0.0.7", "Bearer s3cret", true)]
    public void Admits_TokenOrThisMachine_AndNobodyElse(string? token, string caller, string authorization, bool expected) =>
        Assert.Equal(expected, MeshToken.Admits(token, IPAddress.Parse(caller), authorization));

    [Fact]
    public void Admits_CallerUnknown_NeedsAToken() => Assert.False(MeshToken.Admits(null, null, ""));
}
