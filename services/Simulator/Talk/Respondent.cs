using System.Text.Json;
using DialogueMesh.Contracts;
using DialogueMesh.Simulator.Voice;

namespace DialogueMesh.Simulator.Talk;

/// <summary>Answers every prompt: this product's as <see cref="Speaker"/> does, any other with JSON of its schema or a plain reply.</summary>
public sealed class Respondent(Speaker speaker)
{
    /// <exception cref="FormatException">The prompt's schema asks for what the simulator cannot make.</exception>
    public string Reply(ChatPrompt prompt)
    {
        var text = Speaker.Knows(prompt)
            ? speaker.Reply(prompt)
            : prompt switch
            {
                { Schema: { } schema } => SchemaInstance.Of(schema),
                { Json: true } => JsonSerializer.Serialize(new { answer = SmallTalk.Reply(prompt.Question) }, DialogueJson.Compact),
                _ => SmallTalk.Reply(prompt.Question),
            };
        return prompt.Vague ? Omission.In(text, Speaker.PlannedValues(prompt)) : text;
    }
}
