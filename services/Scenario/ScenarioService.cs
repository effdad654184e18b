using DialogueMesh.Scenario.Blueprints;
using DialogueMesh.Scenario.Consumers;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;

namespace DialogueMesh.Scenario;

public static class ScenarioService
{
    public static IServiceCollection AddScenario(this IServiceCollection services, BlueprintMaker maker) => services.AddSingleton(maker);

    public static IBusRegistrationConfigurator AddScenario(this IBusRegistrationConfigurator bus)
    {
        bus.AddConsumer<PlanDialogueConsumer>().Endpoint(endpoint => endpoint.Name = "scenario");
        return bus;
    }
}
