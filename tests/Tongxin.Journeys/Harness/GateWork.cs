using Tongxin.TestKit.Web;

namespace Tongxin.Journeys.Harness;

/// <summary>An invitation that nobody has filled in yet, and a doctor's question who was at a gate.</summary>
internal static class GateWork
{
    /// <summary>The address of the invitation: it stands in a message, not behind a link.</summary>
    public static async Task<string> ArrangeAsync(TongxinApp app, Visitor office)
    {
        using var doctor = await app.SignInAsAccountAsync("doctor");
        var form = await doctor.OpenAsync("/gates/tracing");
        var gate = form.One("#ask select[name='Form.Gate'] option:nth-child(2)").GetAttribute("value") ?? "";
        await form.SubmitAsync("#ask form", ("Form.Gate", gate), ("Form.Case", "B-2026-001"), ("Form.Purpose", "排查同时段出入人员"));

        var invited = await (await office.OpenAsync("/permits/invite")).SubmitAsync("#invite form[method=post]", ("Form.Purpose", "家属来访"));
        return new Uri(invited.One(".code-box").TextContent.Trim()).AbsolutePath;
    }
}
