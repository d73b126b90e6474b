using Microsoft.EntityFrameworkCore;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;

namespace Tongxin.Platform.Files;

internal sealed class FileStore(TongxinDb db, SecretBox box, PlatformSettings settings, TimeProvider clock) : IFiles
{
    /// <summary>Content without a row is that of a transaction that never came, once it is this old.</summary>
    private static readonly TimeSpan Orphan = TimeSpan.FromDays(1);

    private readonly string _folder = Path.Combine(settings.DataFolder, "files");

    public async Task<StoredFile> SaveAsync(Stream content, string name, string mediaType, string purpose, Actor owner, TimeSpan keep, CancellationToken ct)
    {
        var id = Ids.New();
        Directory.CreateDirectory(_folder);
        var size = await SealedStream.WriteAsync(content, PathOf(id), box.KeyFor("platform.files"), ct);
        var file = StoredFile.Create(id, name, mediaType, size, purpose, owner, clock.GetUtcNow(), keep);
        db.Add(file);
        return file;
    }

    public Task<StoredFile?> FindAsync(Guid id, string purpose, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        return db.Set<StoredFile>().AsNoTracking().SingleOrDefaultAsync(f => f.Id == id && f.Purpose == purpose && f.ExpiresAt > now, ct);
    }

    public Stream Open(StoredFile file) => SealedStream.Open(PathOf(file.Id), box.KeyFor("platform.files"), file.Size);

    /// <summary>Deletes what is over: first the content, then the row, so that nothing is left without a trace of it.</summary>
    public async Task<int> SweepAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var over = await db.Set<StoredFile>().Where(f => f.ExpiresAt <= now).OrderBy(f => f.ExpiresAt).Take(500).ToListAsync(ct);
        foreach (var file in over) File.Delete(PathOf(file.Id));
        if (over.Count > 0)
        {
            db.RemoveRange(over);
            db.Record(Actor.System, "platform.files.expire", "platform.file", null, details: new { files = over.Select(f => f.Id) });
            await db.CommitAsync(ct);
        }
        return over.Count + await SweepOrphansAsync(now - Orphan, ct);
    }

    private async Task<int> SweepOrphansAsync(DateTimeOffset before, CancellationToken ct)
    {
        if (!Directory.Exists(_folder)) return 0;
        var swept = 0;
        foreach (var path in Directory.EnumerateFiles(_folder))
        {
            if (!Guid.TryParse(Path.GetFileName(path), out var id) || File.GetLastWriteTimeUtc(path) > before.UtcDateTime) continue;
            if (await db.Set<StoredFile>().AnyAsync(f => f.Id == id, ct)) continue;
            File.Delete(path);
            swept++;
        }
        return swept;
    }

    private string PathOf(Guid id) => Path.Combine(_folder, id.ToString("N"));
}
