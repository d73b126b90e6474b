using System.Security.Cryptography;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Tongxin.Modules.Tests.Platform.Support;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.Platform.Files;
using Tongxin.TestKit.Databases;
using Xunit;

namespace Tongxin.Modules.Tests.Platform;

public sealed class FileTests
{
    private const string Canary = "张三 13900000000";

    [Theory, BothProviders]
    public async Task File_SavedAndOpened_IsTheSameAndSealedOnTheDisk(Provider provider)
    {
        await using var ground = await Ground.MakeAsync(provider);
        var content = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(Canary, 20_000)));

        var file = await SaveAsync(ground, content);

        file.Size.ShouldBe(content.Length);
        file.Name.ShouldBe("people.xlsx");
        (await ReadAsync(ground, file)).ShouldBe(content);
        var raw = await File.ReadAllBytesAsync(PathOf(ground, file), TestContext.Current.CancellationToken);
        raw.AsSpan().IndexOf("13900000000"u8).ShouldBe(-1);
    }

    [Theory, BothProviders]
    public async Task Find_OtherPurposeOrExpired_IsNull(Provider provider)
    {
        await using var ground = await Ground.MakeAsync(provider);
        var file = await SaveAsync(ground, [1, 2, 3]);

        (await FindAsync(ground, file.Id, "grid.ledger")).ShouldBeNull();
        (await FindAsync(ground, file.Id, "people.import")).ShouldNotBeNull();
        ground.Clock.Advance(TimeSpan.FromHours(2));

        (await FindAsync(ground, file.Id, "people.import")).ShouldBeNull();
    }

    [Theory, BothProviders]
    public async Task Sweep_Expired_ContentAndRowAreGone(Provider provider)
    {
        await using var ground = await Ground.MakeAsync(provider);
        var file = await SaveAsync(ground, [1, 2, 3]);
        ground.Clock.Advance(TimeSpan.FromHours(2));

        (await SweepAsync(ground)).ShouldBe(1);

        File.Exists(PathOf(ground, file)).ShouldBeFalse();
        (await SweepAsync(ground)).ShouldBe(0);
    }

    [Fact]
    public async Task Sweep_ContentWithoutARow_IsGoneAfterADay()
    {
        await using var ground = await Ground.MakeAsync(Provider.Sqlite);
        var lost = await ground.InAsync<IFiles, StoredFile>(f =>
            f.SaveAsync(new MemoryStream([1]), "x", "text/plain", "test", Actor.System, TimeSpan.FromHours(1), CancellationToken.None));
        File.Exists(PathOf(ground, lost)).ShouldBeTrue();

        // The test's clock stands in 2022, the disk's in the present: to it the file is from the future.
        (await SweepAsync(ground)).ShouldBe(0);
        File.SetLastWriteTimeUtc(PathOf(ground, lost), ground.Clock.Now.UtcDateTime.AddDays(-2));

        (await SweepAsync(ground)).ShouldBe(1);
        File.Exists(PathOf(ground, lost)).ShouldBeFalse();
    }

    [Fact]
    public async Task Open_OneByteChangedOrTailCut_Throws()
    {
        await using var ground = await Ground.MakeAsync(Provider.Sqlite);
        var file = await SaveAsync(ground, new byte[200_000]);
        var path = PathOf(ground, file);
        var whole = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);

        whole[150_000] ^= 1;
        await File.WriteAllBytesAsync(path, whole, TestContext.Current.CancellationToken);
        await Should.ThrowAsync<CryptographicException>(() => ReadAsync(ground, file));
        whole[150_000] ^= 1;
        await File.WriteAllBytesAsync(path, whole[..^1], TestContext.Current.CancellationToken);

        await Should.ThrowAsync<CryptographicException>(() => ReadAsync(ground, file));
    }

    [Fact]
    public void SealedStream_AnySizeAndAnyReads_GivesTheContent()
    {
        var folder = Directory.CreateTempSubdirectory("tongxin-sealed");
        var key = RandomNumberGenerator.GetBytes(32);
        var sizes = Gen.OneOf(Gen.Choose(0, 300), Gen.Choose(65_530, 65_545), Gen.Choose(131_060, 131_090));
        try
        {
            Prop.ForAll(sizes.Zip(Gen.Choose(0, 140_000)).ToArbitrary(), pair =>
            {
                var (size, start) = pair;
                var content = new byte[size];
                for (var i = 0; i < size; i++) content[i] = (byte)(i * 31);
                var path = Path.Combine(folder.FullName, Guid.CreateVersion7().ToString());
                SealedStream.WriteAsync(new MemoryStream(content), path, key, CancellationToken.None).GetAwaiter().GetResult();
                using var stream = SealedStream.Open(path, key, size);
                stream.Seek(start, SeekOrigin.Begin);
                using var rest = new MemoryStream();
                stream.CopyTo(rest, 1000);
                return rest.ToArray().AsSpan().SequenceEqual(content.AsSpan(Math.Min(start, size)));
            }).Check(Config.QuickThrowOnFailure.WithMaxTest(40));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static Task<StoredFile> SaveAsync(Ground ground, byte[] content) => ground.InAsync<IServiceProvider, StoredFile>(async services =>
    {
        var db = services.GetRequiredService<TongxinDb>();
        var file = await services.GetRequiredService<IFiles>().SaveAsync(
            new MemoryStream(content), "C:\\uploads\\people.xlsx", "application/octet-stream", "people.import", Actor.System, TimeSpan.FromHours(1), CancellationToken.None);
        db.Record(Actor.System, "test.upload", "platform.file", file.Id);
        await db.CommitAsync(CancellationToken.None);
        return file;
    });

    private static Task<byte[]> ReadAsync(Ground ground, StoredFile file) => ground.InAsync<IFiles, byte[]>(async files =>
    {
        await using var stream = files.Open(file);
        using var all = new MemoryStream();
        await stream.CopyToAsync(all);
        return all.ToArray();
    });

    private static Task<StoredFile?> FindAsync(Ground ground, Guid id, string purpose) =>
        ground.InAsync<IFiles, StoredFile?>(f => f.FindAsync(id, purpose, CancellationToken.None));

    private static Task<int> SweepAsync(Ground ground) => ground.InAsync<FileStore, int>(f => f.SweepAsync(CancellationToken.None));

    private static string PathOf(Ground ground, StoredFile file) => Path.Combine(ground.Database.DataFolder, "files", file.Id.ToString("N"));
}
