using System.Reflection;
using DialogueMesh.Balancing;
using Xunit;

namespace DialogueMesh.Tests.Balancing;

public sealed class ConceptFoldersTests
{
    [Fact]
    public void PlanningAndRuns_Fields_HoldNothingOfMassTransitOrLogging()
    {
        const BindingFlags All = BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
        var types = typeof(BalancingService).Assembly.GetTypes()
            .Where(type => type.Namespace is "DialogueMesh.Balancing.Planning" or "DialogueMesh.Balancing.Runs").ToList();

        var used = types.SelectMany(type => type.GetFields(All).Select(field => field.FieldType)
            .Concat(type.GetMethods(All).SelectMany(method => method.GetParameters()).Select(parameter => parameter.ParameterType)));

        Assert.NotEmpty(types);
        Assert.DoesNotContain(used, type =>
            type.Namespace?.StartsWith("MassTransit", StringComparison.Ordinal) == true
            || type.Namespace?.StartsWith("Microsoft.Extensions", StringComparison.Ordinal) == true);
    }
}
