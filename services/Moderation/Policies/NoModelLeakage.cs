using System.Text.RegularExpressions;
using DialogueMesh.Contracts.Dialogues;
using DialogueMesh.Contracts.Messages;

namespace DialogueMesh.Moderation.Policies;

/// <summary>The model speaks neither of itself nor of what it was asked, and leaves no remains of the answer's format.</summary>
internal sealed partial class NoModelLeakage : IStructurePolicy
{
    public string Name => "no-model-leakage";

    public Breach? Check(Dialogue dialogue)
    {
        foreach (var utterance in dialogue.Written())
        {
            var match = Itself().Match(utterance.Text);
            match = match.Success ? match : Task().Match(utterance.Text);
            match = match.Success ? match : Format().Match(utterance.Text);
            if (match.Success)
            {
                return new Breach(RejectionReason.ModelLeakage, utterance.Quote(match.Value));
            }
        }

        return null;
    }

    /// <summary>
    /// An assistant may say that it is a virtual or AI assistant, and that it cannot do something; what no assistant says
    /// to a customer is that it is a model, or a model's stock refusal as a whole sentence.
    /// </summary>
    [GeneratedRegex("""
        \b as\ an?\ (?:ai|artificial\ intelligence)\b (?!\ (?:assistant|agent|concierge|helper|representative))
        | \b (?:large\ )? language\ model \b
        | \b i(?:\ am|['’]m)\ (?:just\ |only\ )? an?\ (?:ai|llm)(?:\ model)? (?=\s*[,.;!?]|\ and\b|\ so\b|$)
        | \b my\ (?:training\ data|knowledge\ cut-?off) \b
        | \b (?:chatgpt|gpt-[345]\S*|openai|anthropic) \b
        | (?:^|[.!?]\ ) (?:i(?:['’]m|\ am)\ sorry,?\ (?:but\ )?)? i(?:\ cannot|\ can['’]?t|\ can\ not|['’]m\ unable\ to|\ am\ unable\ to)
            \ (?:fulfill?\ (?:this|that|your)\ request | comply\ with\ (?:this|that|your)\ request
              | (?:assist|help)(?:\ you)?\ with\ (?:this|that)\ request | assist(?:\ you)?\ with\ that) \s* (?:[.!]|$)
        | \b i\ (?:cannot|can['’]?t|can\ not)\ (?:generate|produce|create|write)
            \ (?:(?:a|an|the|this|that|such)\ )? (?:\w+\ )? (?:dialogues?|conversations?|content|text|scenarios?) \b
        """, RegexOptions.IgnorePatternWhitespace | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Itself();

    /// <summary>"Outline the options" is fine; "according to the outline" is not.</summary>
    [GeneratedRegex("""
        \b system\ prompt \b
        | \b (?:this|the)\ prompt\ (?:says|asks|states|requires|instructs|given|provided|above) \b
        | \b (?:according\ to|as\ per|per|following|based\ on|in\ line\ with|as\ stated\ in|as\ described\ in)
            \ (?:the|my|this|your)\ (?:given\ |provided\ )? (?:outline|prompt|persona|json|schema|blueprint) \b
        | \b (?:dialogue|conversation)(?:['’]s)?\ outline \b
        | \b dialogue\ acts? \b
        | \b (?:base|reference|seed|example|synthetic)\ (?:conversation|dialogue) \b
        | \b json \b
        """, RegexOptions.IgnorePatternWhitespace | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Task();

    /// <summary>Fences, headings, speaker labels, names of acts, JSON's joints, escapes and special tokens.</summary>
    [GeneratedRegex("""
        ```
        | (?:^|\n) \s* \#{1,6}\ \S
        | ^ \s* (?i:user|assistant|system|customer|agent|bot|human|ai|turn\ \d+|exchange\ \d+) \s* :
        | \b (?:INFORM|REQUEST|REQ|NOTIFY|THANK|AFFIRM|OFFER|CONFIRM)_[A-Z_]+ \b
        | "\w+" \s* : \s* ["\[{\dtfn]
        | \}\s*,\s*\{
        | \\ (?: [nrt"] | u[0-9a-fA-F]{4} )
        | <\|[^|\n]{1,40}\|> | \[/?INST\] | </?s>
        """, RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant)]
    private static partial Regex Format();
}
