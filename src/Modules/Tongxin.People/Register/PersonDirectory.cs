using Microsoft.EntityFrameworkCore;
using Tongxin.Core.Text;
using Tongxin.People.Data;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;

namespace Tongxin.People.Register;

/// <summary>A person by what is theirs alone. A phone that a family shares means nobody.</summary>
internal sealed class PersonDirectory(TongxinDb db, SecretBox box) : IPersonDirectory
{
    public async Task<Guid?> FindAsync(string numberOrPhone, CancellationToken ct)
    {
        var number = numberOrPhone.Trim().ToUpperInvariant();
        if (number.Length == 0) return null;
        var live = db.Set<Person>().AsNoTracking().Where(p => p.MergedIntoId == null);
        var found = await live.Where(p => p.Number == number).Select(p => p.Id).Take(2).ToListAsync(ct);
        if (found.Count == 0 && PhoneNumber.Parse(numberOrPhone) is { IsFailure: false } phone)
        {
            var index = box.Index(LookUp.Phone, phone.Value.Value);
            found = await live.Where(p => p.PhoneIndex == index).Select(p => p.Id).Take(2).ToListAsync(ct);
        }

        return found is [var only] ? only : null;
    }
}
