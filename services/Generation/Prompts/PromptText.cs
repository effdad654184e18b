using System.Security.Cryptography;
using System.Text;

namespace DialogueMesh.Generation.Prompts;

/// <summary>The embedded prompts.</summary>
public static class PromptText
{
    public static string OutlineSystem { get; } = Read("outline.system.md");

    public static string OutlineUser { get; } = Read("outline.user.md");

    public static string RepairSystem { get; } = Read("repair.system.md");

    public static string RepairUser { get; } = Read("repair.user.md");

    public static string FreeformSystem { get; } = Read("freeform.system.md");

    public static string FreeformUser { get; } = Read("freeform.user.md");

    public static string JudgeSystem { get; } = Read("judge.system.md");

    public static string JudgeUser { get; } = Read("judge.user.md");

    /// <summary>Names the wording that dialogues are written by: the first 8 hexadecimal digits of their SHA-256.</summary>
    public static string Version { get; } = Digest(
        OutlineSystem, OutlineUser, RepairSystem, RepairUser, FreeformSystem, FreeformUser, AnswerSchemas.Outline, AnswerSchemas.Freeform, AnswerSchemas.Repair);

    private static string Read(string name)
    {
        using var stream = typeof(PromptText).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"prompt {name} is not embedded");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }

    internal static string Digest(params string[] texts) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\0', texts))))[..8];
}
