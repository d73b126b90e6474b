using System.Text.Json;
using Tongxin.Core.Passes.Conformance;

namespace Tongxin.Host.Commands;

/// <summary>Holds the reading of passes against published vectors: EU certificates, COSE_Sign1 and CBOR examples, wherever they lie under a folder.</summary>
internal static class VerifyPassesCommand
{
    private static readonly JsonDocumentOptions Lenient = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    public static int Run(string folder, TextWriter output, TextWriter errors)
    {
        if (!Directory.Exists(folder))
        {
            errors.WriteLine($"tongxin: there is no folder {folder}.");
            return CommandLine.Misuse;
        }

        var judged = new List<(string File, StepVerdict Verdict)>();
        var files = 0;
        foreach (var file in Directory.EnumerateFiles(folder, "*.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var before = judged.Count;
            judged.AddRange(Judge(file, errors).Select(v => (Path.GetRelativePath(folder, file), v)));
            if (judged.Count > before) files++;
        }

        foreach (var step in EuVectors.Steps.Append(CoseVectors.Step).Concat(CborVectors.Steps))
        {
            var verdicts = judged.Where(j => j.Verdict.Step == step).ToList();
            if (verdicts.Count > 0) output.WriteLine($"{step,-12} {verdicts.Count(v => v.Verdict.Agrees),5} / {verdicts.Count}");
        }

        var wrong = judged.Where(j => !j.Verdict.Agrees).ToList();
        foreach (var (file, verdict) in wrong) output.WriteLine($"{file}: {verdict.Step} should be {Word(verdict.Expected)} and is {Word(verdict.Found)}");
        if (judged.Count == 0)
        {
            errors.WriteLine($"tongxin: no vectors under {folder}.");
            return CommandLine.Misuse;
        }

        output.WriteLine($"{judged.Count - wrong.Count} of {judged.Count} agree, in {files} files.");
        return wrong.Count == 0 ? CommandLine.Well : CommandLine.Bad;
    }

    private static IEnumerable<StepVerdict> Judge(string file, TextWriter errors)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(File.ReadAllBytes(file).AsMemory() is var bytes && bytes.Span.StartsWith("\uFEFF"u8) ? bytes[3..] : bytes, Lenient);
        }
        catch (JsonException)
        {
            errors.WriteLine($"tongxin: {file} is not JSON.");
            return [];
        }

        using (document)
        {
            var root = document.RootElement;
            if (EuVectors.Is(root)) return EuVectors.Judge(root);
            if (CoseVectors.Is(root)) return CoseVectors.Judge(root) is { } verdict ? [verdict] : [];
            return root.ValueKind == JsonValueKind.Array ? [.. root.EnumerateArray().Where(CborVectors.Is).SelectMany(CborVectors.Judge)] : [];
        }
    }

    private static string Word(bool holds) => holds ? "good" : "bad";
}
