using Tongxin.Journeys.Harness;

namespace Tongxin.Journeys.Calls;

/// <summary>Somebody who applies on a phone.</summary>
internal sealed class Applicant(Tab phone)
{
    /// <summary>Forgets the consent first, as people do; the own code.</summary>
    public async Task<string> ApplyAsync(string address, string name, string number)
    {
        await phone.GoAsync(address);
        await phone.Page.FillAsync("[name='Form.Name']", name);
        await phone.Page.FillAsync("[name='Form.Number']", number);
        await phone.SubmitAsync();
        await phone.Page.WaitForSelectorAsync(".field-error");
        await Journey.PhotographAsync(phone, "calls-apply-390");
        await phone.Page.CheckAsync("[name='Form.Consent']");
        await phone.SubmitAsync();
        await phone.Page.WaitForSelectorAsync("#sent");
        await Journey.PhotographAsync(phone, "calls-sent-390");
        return (await phone.Page.InnerTextAsync(".code-box")).Trim();
    }
}
