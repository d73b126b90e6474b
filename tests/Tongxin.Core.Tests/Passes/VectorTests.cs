using System.Diagnostics;
using Shouldly;
using Tongxin.Core.Passes;
using Xunit;

namespace Tongxin.Core.Tests.Passes;

/// <summary>The same file drives the server's verifier and the phone's.</summary>
public class VectorTests
{
    /// <summary>After a wanted change: TONGXIN_WRITE_VECTORS=1, run this, commit the file, and say in the changelog what verifiers must learn.</summary>
    [Fact]
    public void File_IsWhatIsMadeFromItsCases()
    {
        if (Environment.GetEnvironmentVariable("TONGXIN_WRITE_VECTORS") is "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Vectors.Path)!);
            File.WriteAllText(Vectors.Path, Vectors.Write());
        }

        (File.ReadAllText(Vectors.Path) == Vectors.Write()).ShouldBeTrue("tests/vectors/passes.json is not what Vectors.cs makes");
    }

    [Fact]
    public void Server_AgreesWithEveryVector()
    {
        var file = Vectors.Read();
        var first = TrustList.ReadFirst(Convert.FromBase64String(file.First), Make.Now).List.ShouldNotBeNull();
        var trust = TrustList.Read(Convert.FromBase64String(file.Trust), first, Make.Now).List.ShouldNotBeNull();
        var revoked = RevocationList.Read(Convert.FromBase64String(file.Revoked), trust, RevocationList.Empty, Make.Now).List.ShouldNotBeNull();
        using var reader = new PassReader(trust);

        foreach (var vector in file.Passes)
        {
            var (fault, pass) = reader.Read(vector.Text, revoked, vector.At) switch
            {
                PassReading.Refused refused => (refused.Fault.ToString(), refused.Pass),
                PassReading.Valid valid => (null, valid.Pass),
                _ => throw new UnreachableException(),
            };
            (fault, ExpectedPass.Of(pass)).ShouldBe((vector.Fault, vector.Pass), vector.Name);
        }

        foreach (var vector in file.Lists)
        {
            var bytes = Convert.FromBase64String(vector.Base64);
            var (number, fault) = vector.Kind == "trust"
                ? TrustList.Read(bytes, first, vector.At) is var t ? (t.List?.Number, t.Fault) : default
                : RevocationList.Read(bytes, first, RevocationList.Empty, vector.At) is var r ? (r.List?.Number, r.Fault) : default;
            (fault == default ? null : fault.ToString(), number).ShouldBe((vector.Fault, vector.Number), vector.Name);
        }

        file.Passes.Select(p => p.Fault).OfType<string>().Distinct().Order().ShouldBe(Enum.GetNames<PassFault>().Order());
    }

    /// <summary>The verifier of the field app, bundled as the app bundles it, under Node: every vector, every byte of a pass changed, and 3,000 bent passes of which it must say what the server says.</summary>
    [Fact]
    public async Task Phone_AgreesWithEveryVector()
    {
        var root = Vectors.Root();
        var bundler = Path.Combine(root, "web", "node_modules", "rolldown", "bin", "cli.mjs");
        Assert.SkipUnless(File.Exists(bundler), "web/ is not installed; building Tongxin.slnx installs it.");
        var folder = Directory.CreateTempSubdirectory("tongxin-pass-");
        try
        {
            var bundle = Path.Combine(folder.FullName, "pass.mjs");
            (await NodeAsync(root, bundler, "web/field/pass/index.ts", "--file", bundle, "--format", "esm")).Code.ShouldBe(0);

            var (code, output) = await NodeAsync(root, "tests/vectors/run.mjs", bundle, Vectors.Path);

            code.ShouldBe(0, output);
            output.ShouldContain($"{Vectors.Read().Passes.Count} passes");

            var bent = Path.Combine(folder.FullName, "bent.json");
            await File.WriteAllTextAsync(bent, Vectors.WriteBent(1500, seed: 11), TestContext.Current.CancellationToken);
            (code, output) = await NodeAsync(root, "tests/vectors/run.mjs", bundle, bent);
            code.ShouldBe(0, output);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<(int Code, string Output)> NodeAsync(string folder, params string[] arguments)
    {
        using var node = Process.Start(new ProcessStartInfo("node", arguments) { WorkingDirectory = folder, UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = node.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await node.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await node.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (node.ExitCode, output + await errors);
    }
}
