using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Tongxin.Platform.Access;
using Tongxin.Platform.Journal;
using Tongxin.Platform.Modules;
using Tongxin.Platform.Outbox;

namespace Tongxin.Platform.Data;

/// <summary>
/// The one database of the product. A slice adds entities, raises events, records why, and commits once:
/// rows, handlers of higher modules, outbox and journal are in one transaction, or none is.
/// </summary>
public sealed class TongxinDb(
    DbContextOptions<TongxinDb> options, Dialect dialect, IEnumerable<IModule> modules, IServiceProvider services, TimeProvider clock)
    : IdentityUserContext<Account, Guid>(options)
{
    private readonly Queue<object> _raised = new();
    private bool _recorded;
    private bool _committing;

    /// <summary>What this database does in its own way.</summary>
    public Dialect Dialect => dialect;

    /// <summary>Tells higher modules what happened; their handlers run inside <see cref="CommitAsync"/>, before the commit.</summary>
    public void Raise(object happened) => _raised.Enqueue(happened);

    /// <summary>
    /// Writes who did what and why into the journal, in this transaction. No commit of changes goes without it.
    /// <paramref name="details"/> becomes JSON; it holds ids, counts and field names, never names or numbers of persons.
    /// </summary>
    public void Record(Actor actor, string action, string subjectKind, Guid? subjectId, string? why = null, object? details = null)
    {
        _recorded = true;
        Add(JournalEntry.Write(clock.GetUtcNow(), actor, action, subjectKind, subjectId, why,
            Details(actor, details)));
    }

    /// <summary>
    /// Leaves work for the worker, in this transaction. At least once; <paramref name="key"/> is unique within
    /// <paramref name="kind"/>, so the same request is never left twice.
    /// </summary>
    public void Enqueue(string kind, string key, object payload, DateTimeOffset? dueAt = null) =>
        Add(OutboxMessage.Create(kind, key, JsonSerializer.Serialize(payload, JsonSerializerOptions.Web), clock.GetUtcNow(), dueAt));

    /// <summary>
    /// Lets go of everything that was not committed: changed rows, what was left for the worker, raised events, the journal. Whoever goes on
    /// after a transaction that did not happen (a refusal, a second try) begins here, or its events would be told with the next commit.
    /// </summary>
    public void Forget()
    {
        ChangeTracker.Clear();
        _raised.Clear();
        _recorded = false;
    }

    /// <summary>Saves, runs the handlers of raised events, and commits: all or nothing.</summary>
    /// <exception cref="DbUpdateConcurrencyException">Somebody else changed the same rows meanwhile, or two waited for each other: look again, or try again.</exception>
    public async Task CommitAsync(CancellationToken ct)
    {
        if (!_recorded && ChangesThatNeedAReason())
            throw new InvalidOperationException("A change without a journal entry: call Record before CommitAsync.");

        var own = Database.CurrentTransaction is null ? await Database.BeginTransactionAsync(ct) : null;
        _committing = true;
        try
        {
            do
            {
                foreach (var watcher in services.GetServices<IWatchCommits>()) await watcher.SavingAsync(this, ct);
                await SaveChangesAsync(ct);
                while (_raised.TryDequeue(out var happened))
                    await EventDispatcher.DispatchAsync(services, happened, ct);
            }
            while (ChangeTracker.HasChanges());

            if (own is not null) await own.CommitAsync(ct);
            _recorded = false;
        }
        catch (Exception failure) when (dialect.IsDeadlock(failure))
        {
            throw new DbUpdateConcurrencyException("Two wrote the same rows in opposite order, and this one was chosen to come again.", failure);
        }
        finally
        {
            _committing = false;
            if (own is not null) await own.DisposeAsync();
        }
    }

    /// <summary>Identity and the worker save their own bookkeeping through here; everything else commits.</summary>
    public override Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        if (!_committing && ChangesThatNeedAReason())
            throw new InvalidOperationException("Use CommitAsync: it journals and raises events.");
        foreach (var entry in ChangeTracker.Entries<IVersioned>().Where(e => e.State == EntityState.Modified))
            entry.Property(nameof(IVersioned.Version)).CurrentValue = entry.Entity.Version + 1;
        return base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
    }

    /// <inheritdoc />
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);
        configurationBuilder.Properties<Enum>().HaveConversion<string>();
        if (dialect.InstantsAreTicks) configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UtcTicks>();
        else configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UtcInstant>();
    }

    /// <inheritdoc />
    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        foreach (var module in modules) module.AddModel(builder);
        NamingConvention.Apply(builder);
    }

    // A device says so in each entry: the account alone would not tell a lost phone's deeds from its holder's.
    private static string? Details(Actor actor, object? details)
    {
        if (actor.DeviceId is not { } device) return details is null ? null : JsonSerializer.Serialize(details, JsonSerializerOptions.Web);
        var all = details is null ? [] : JsonSerializer.SerializeToNode(details, JsonSerializerOptions.Web) as JsonObject ?? new JsonObject { ["details"] = JsonSerializer.SerializeToNode(details, JsonSerializerOptions.Web) };
        all["device"] = device;
        return all.ToJsonString(JsonSerializerOptions.Web);
    }

    private bool ChangesThatNeedAReason() =>
        ChangeTracker.Entries().Any(e =>
            e.State is EntityState.Added or EntityState.Modified or EntityState.Deleted
            && e.Entity is not (IBookkeeping or JournalEntry or Account or IdentityUserClaim<Guid> or IdentityUserLogin<Guid> or IdentityUserToken<Guid>));
}
