using System.Text;
using Tongxin.TestKit.Web;

namespace Tongxin.Journeys.Harness;

/// <summary>A call with an application, a file and a poll, made through the product's own forms.</summary>
internal static class CallWork
{
    /// <summary>The address of the question before many are decided: a form leads there, no link.</summary>
    public static async Task<string> ArrangeAsync(TongxinApp app, Visitor office)
    {
        var form = (await office.OpenAsync("/calls/new")).Form("main form[method=post]");
        var call = await office.SubmitAsync(form.Set("Form.Title", "物资搬运小分队").Set("Form.Purpose", "周六早上在东门卸货，约两小时。")
            .Tick("Form.Duties", "Supplies").Tick("Form.Duties", "Meals").Tick("Form.Skills", "Driving").Set("Form.Places", "33"));
        using var helper = app.Anonymous();
        var apply = await helper.OpenAsync(call.One("a[href^='/j/']").GetAttribute("href") ?? "");
        await helper.SubmitAsync(apply.Form("main form").Set("Form.Name", "孙武").Set("Form.Number", "2022999").Tick("Form.Skills", "Driving").Set("through.Driving", app.Clock.Now.AddDays(20).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)).Tick("Form.Consent", "true"));
        var list = await office.OpenAsync(call.Address.AbsolutePath);
        await (await list.FollowAsync("#applications tbody .p1 a")).SubmitAsync("#decide form", ("verdict", "Accepted"));
        await helper.SubmitAsync(apply.Form("main form").Set("Form.Name", "吴起").Set("Form.Number", "2022998").Tick("Form.Consent", "true"));
        var desk = await office.OpenAsync($"{call.Address.AbsolutePath}/import");
        await office.SubmitAsync(desk.Form("#upload form").Attach("file", "报名.csv", Encoding.UTF8.GetBytes("姓名,学号\n白起,2022997\n")));
        await office.SubmitAsync(desk.Form("#upload form").Attach("file", "看不懂.csv", Encoding.UTF8.GetBytes("甲,乙\n白起,2022997\n")));
        await (await office.OpenAsync("/polls/new")).SubmitAsync("main form[method=post]", ("Form.Title", "第二周校门值守"), ("Form.Pool", "volunteers"));
        return $"{call.Address.AbsolutePath}/decide?who=all&verdict=Accepted";
    }
}
