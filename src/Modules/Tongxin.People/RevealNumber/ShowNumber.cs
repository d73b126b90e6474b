using Microsoft.EntityFrameworkCore;
using Tongxin.Core.Common;
using Tongxin.People.Data;
using Tongxin.People.Register;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;

namespace Tongxin.People.RevealNumber;

/// <summary>Which number is asked for.</summary>
internal enum NumberKind
{
    Phone,
    Document,
}

/// <summary>A number in the clear: for a purpose, journaled before it is shown, and kept nowhere else.</summary>
internal sealed class ShowNumber(TongxinDb db, RegisterScope scopes, SecretBox box)
{
    public async Task<Result<string>> ExecuteAsync(Guid personId, NumberKind kind, string? purpose, Actor actor, CancellationToken ct)
    {
        var reach = await scopes.OfAsync(actor, PeoplePermissions.Unmask, ct);
        var person = await reach.Narrow(db.Set<Person>().Where(p => p.Id == personId && p.MergedIntoId == null)).AsNoTracking()
            .Select(p => new { p.PhoneSealed, p.DocumentSealed }).SingleOrDefaultAsync(ct);
        if (person is null) return PeopleErrors.PersonNotFound;
        if (string.IsNullOrWhiteSpace(purpose)) return PeopleErrors.PurposeMissing;
        if ((kind == NumberKind.Phone ? person.PhoneSealed : person.DocumentSealed) is not { } number) return PeopleErrors.NothingToReveal;

        db.Record(actor, kind == NumberKind.Phone ? "people.person.phone-revealed" : "people.person.document-revealed", "person", personId, purpose.Trim());
        await db.CommitAsync(ct);
        return box.Unseal(number) ?? "";
    }
}
