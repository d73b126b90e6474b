using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Tongxin.Platform.Data;

/// <summary>A row that two people must not overwrite unseen: saving an older copy fails with 409.</summary>
public interface IVersioned
{
    /// <summary>Raised by one at each change; the concurrency token.</summary>
    int Version { get; }
}

/// <summary>The machine's own notes (outbox, jobs, keys): changed without a journal entry.</summary>
public interface IBookkeeping;

/// <summary>Instants as UTC ticks, for a database that cannot order them otherwise.</summary>
internal sealed class UtcTicks() : ValueConverter<DateTimeOffset, long>(v => v.UtcTicks, v => new DateTimeOffset(v, TimeSpan.Zero));

/// <summary>Instants always leave as UTC.</summary>
internal sealed class UtcInstant() : ValueConverter<DateTimeOffset, DateTimeOffset>(v => v.ToUniversalTime(), v => v);

/// <summary>snake_case columns on both databases, and the concurrency token of <see cref="IVersioned"/>.</summary>
internal static class NamingConvention
{
    public static void Apply(ModelBuilder builder)
    {
        foreach (var entity in builder.Model.GetEntityTypes())
        {
            foreach (var property in entity.GetProperties())
                property.SetColumnName(Snake(property.Name));
            if (typeof(IVersioned).IsAssignableFrom(entity.ClrType) && entity.FindProperty(nameof(IVersioned.Version)) is { } version)
                version.IsConcurrencyToken = true;
        }
    }

    private static string Snake(string name)
    {
        var text = new StringBuilder(name.Length + 4);
        for (var i = 0; i < name.Length; i++)
        {
            if (char.IsUpper(name[i]) && i > 0 && !char.IsUpper(name[i - 1])) text.Append('_');
            text.Append(char.ToLowerInvariant(name[i]));
        }
        return text.ToString();
    }
}
