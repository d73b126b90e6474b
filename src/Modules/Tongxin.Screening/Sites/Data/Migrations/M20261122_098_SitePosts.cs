using Microsoft.EntityFrameworkCore.Migrations;
using Tongxin.Platform.Data.Migrations;

namespace Tongxin.Screening.Sites.Data.Migrations;

[Migration("M20261122_098_SitePosts")]
internal sealed class M20261122_098_SitePosts : TongxinMigration
{
    protected override void Change() => Table("screening_site_posts", t =>
    {
        t.Guid("site_id", "screening_sites");
        t.Guid("post_id");
        t.Key("site_id", "post_id");
    });
}
