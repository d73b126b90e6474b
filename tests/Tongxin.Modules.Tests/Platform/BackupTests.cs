using System.IO.Compression;
using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Tongxin.Host.Commands;
using Tongxin.Modules.Tests.Platform.Support;
using Tongxin.Platform;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.Platform.Files;
using Tongxin.Platform.Journal;
using Tongxin.TestKit.Databases;
using Xunit;

namespace Tongxin.Modules.Tests.Platform;

public sealed class BackupTests
{
    [Theory, BothProviders]
    public async Task Restore_IntoAnEmptyTarget_GivesBackTheSameFigures(Provider provider)
    {
        await using var source = await FilledAsync(provider);
        await using var target = await Ground.MakeEmptyAsync(provider);
        var archive = ArchiveOf(source);

        var written = await BackupCommand.WriteAsync(source.Services, archive, CancellationToken.None);
        var read = await RestoreCommand.ReadAsync(target.Services, archive, force: false, CancellationToken.None);

        read.Rows.ShouldBe(written.Rows);
        read.Rows["platform_journal"].ShouldBe(4);
        read.JournalHead.Length.ShouldBe(64);
        // The key came along: sealed columns open, and the head is genuine.
        (await target.InAsync<JournalVerifier, JournalVerdict>(v => v.VerifyAsync(CancellationToken.None))).Count.ShouldBe(4);
        target.Get<SecretBox>().Index("t", "x").ShouldBe(source.Get<SecretBox>().Index("t", "x"));
        Directory.GetFiles(Path.Combine(target.Database.DataFolder, "files")).Length.ShouldBe(1);
        File.Exists(Path.Combine(target.Database.DataFolder, "anchors.txt")).ShouldBeTrue();
    }

    [Theory, BothProviders]
    public async Task Restore_IntoATargetWithContent_NeedsForceAndKeepsTheOldKeyAside(Provider provider)
    {
        await using var source = await FilledAsync(provider);
        await using var target = await FilledAsync(provider);
        var archive = ArchiveOf(source);
        await BackupCommand.WriteAsync(source.Services, archive, CancellationToken.None);

        var refused = await Should.ThrowAsync<StartException>(() => RestoreCommand.ReadAsync(target.Services, archive, force: false, CancellationToken.None));
        refused.Message.ShouldContain("--force");
        await RestoreCommand.ReadAsync(target.Services, archive, force: true, CancellationToken.None);

        Directory.GetDirectories(target.Database.DataFolder, "keys.before-restore-*").ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Restore_OfSqliteIntoPostgres_MovesEveryRowAndTheChainHolds()
    {
        await using var source = await FilledAsync(Provider.Sqlite);
        await source.InAsync<UserManager<Account>, int>(async users =>
        {
            var account = new Account { Id = Ids.New(), UserName = "王工", DisplayName = "网络中心", CreatedAt = source.Clock.Now, LockoutEnd = source.Clock.Now, UnitId = Ids.New() };
            (await users.CreateAsync(account)).Succeeded.ShouldBeTrue();
            await users.AddClaimAsync(account, new Claim("kind", "值"));
            return 0;
        });
        await using var target = await Ground.MakeEmptyAsync(Provider.Postgres);
        var archive = ArchiveOf(source);
        var written = await BackupCommand.WriteAsync(source.Services, archive, CancellationToken.None);

        await RestoreCommand.ReadAsync(target.Services, archive, force: false, CancellationToken.None);

        (await target.InAsync<JournalVerifier, JournalVerdict>(v => v.VerifyAsync(CancellationToken.None))).Count.ShouldBe(written.Rows["platform_journal"]);
        var moved = await target.DbAsync(db => db.Users.SingleAsync());
        (moved.UserName, moved.DisplayName, moved.LockoutEnd).ShouldBe(("王工", "网络中心", source.Clock.Now));
        // The counter of the claims goes on where it was.
        await target.InAsync<UserManager<Account>, IdentityResult>(async users =>
            await users.AddClaimAsync(await users.FindByIdAsync(moved.Id.ToString()) ?? moved, new Claim("kind", "another")));
    }

    [Fact]
    public async Task Restore_OfPostgresIntoSqlite_IsRefused()
    {
        await using var source = await FilledAsync(Provider.Postgres);
        await using var target = await Ground.MakeEmptyAsync(Provider.Sqlite);
        await BackupCommand.WriteAsync(source.Services, ArchiveOf(source), CancellationToken.None);

        await Should.ThrowAsync<StartException>(() => RestoreCommand.ReadAsync(target.Services, ArchiveOf(source), force: true, CancellationToken.None));
    }

    [Fact]
    public async Task Restore_DamagedDatabaseInTheArchive_IsRefused()
    {
        await using var source = await FilledAsync(Provider.Sqlite);
        await using var target = await Ground.MakeEmptyAsync(Provider.Sqlite);
        var archive = ArchiveOf(source);
        await BackupCommand.WriteAsync(source.Services, archive, CancellationToken.None);
        await using (var zip = await ZipFile.OpenAsync(archive, ZipArchiveMode.Update, TestContext.Current.CancellationToken))
        {
            zip.GetEntry("database")?.Delete();
            await using var other = await zip.CreateEntry("database").OpenAsync(TestContext.Current.CancellationToken);
            await other.WriteAsync(new byte[100], TestContext.Current.CancellationToken);
        }

        var refused = await Should.ThrowAsync<StartException>(() => RestoreCommand.ReadAsync(target.Services, archive, force: false, CancellationToken.None));

        refused.Message.ShouldContain("damaged");
    }

    [Fact]
    public async Task Restore_NoBackupAtAll_IsRefused()
    {
        await using var target = await Ground.MakeEmptyAsync(Provider.Sqlite);
        var path = Path.Combine(target.Database.DataFolder, "no.zip");
        await File.WriteAllTextAsync(path, "hello", TestContext.Current.CancellationToken);

        await Should.ThrowAsync<StartException>(() => RestoreCommand.ReadAsync(target.Services, path, force: false, CancellationToken.None));
    }

    [Fact]
    public async Task Backup_Archive_IsForItsOwnerOnly()
    {
        await using var source = await FilledAsync(Provider.Sqlite);
        await BackupCommand.WriteAsync(source.Services, ArchiveOf(source), CancellationToken.None);

        if (!OperatingSystem.IsWindows()) File.GetUnixFileMode(ArchiveOf(source)).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    private static string ArchiveOf(Ground ground) => Path.Combine(ground.Database.DataFolder, "backup.zip");

    private static async Task<Ground> FilledAsync(Provider provider)
    {
        var ground = await Ground.MakeAsync(provider);
        for (var i = 0; i < 3; i++) await ground.RecordAsync("test.row");
        await ground.InAsync<IServiceProvider, int>(async services =>
        {
            var db = (TongxinDb)services.GetService(typeof(TongxinDb))!; // registered by the product itself
            var files = (IFiles)services.GetService(typeof(IFiles))!; // registered by the product itself
            await files.SaveAsync(new MemoryStream([1, 2]), "x", "text/plain", "test", Actor.System, TimeSpan.FromDays(1), CancellationToken.None);
            db.Record(Actor.System, "test.file", "test", null);
            await db.CommitAsync(CancellationToken.None);
            return 0;
        });
        await ground.Get<JournalSealer>().SealAsync(CancellationToken.None);
        await ground.Get<JournalSealer>().AnchorAsync(CancellationToken.None);
        return ground;
    }
}
