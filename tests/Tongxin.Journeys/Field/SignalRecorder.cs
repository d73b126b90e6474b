namespace Tongxin.Journeys.Field;

/// <summary>What a phone told without its screen: tones as "form hertz×milliseconds", shakes as the pattern.</summary>
internal sealed record Heard(string Tones, string Shakes)
{
    public static readonly Heard Good = new("sine 1320×130", "60");

    public static readonly Heard No = new("square 220×320, square 220×320", "320-80-320");
}

/// <summary>
/// Writes down what the page plays and shakes. In place before the page's own scripts; a browser without a speaker plays nothing, so the
/// sound is what the page asks of it.
/// </summary>
internal sealed class SignalRecorder
{
    private const string Script = """
        (() => {
          const heard = { tones: [], shakes: [] }
          const silent = { setValueAtTime() {}, setTargetAtTime() {} }
          class Voice {
            type = 'sine'
            frequency = { value: 0 }
            connect(to) { return to }
            start(at) { this.at = at }
            stop(at) { heard.tones.push(`${this.type} ${this.frequency.value}×${Math.round((at - this.at) * 1000)}`) }
          }
          window.AudioContext = class {
            state = 'suspended'
            currentTime = 0
            destination = {}
            resume() { this.state = 'running'; return Promise.resolve() }
            createOscillator() { return new Voice() }
            createGain() { return { gain: silent, connect: (to) => to } }
          }
          Object.defineProperty(Navigator.prototype, 'vibrate', { configurable: true, value: (pattern) => { heard.shakes.push([pattern].flat().join('-')); return true } })
          window.txHeard = heard
        })()
        """;

    private readonly FieldPhone _phone;

    private SignalRecorder(FieldPhone phone) => _phone = phone;

    /// <summary>Attaches it and loads the page anew, so that it is there first.</summary>
    public static async Task<SignalRecorder> AttachAsync(FieldPhone phone)
    {
        await phone.Page.AddInitScriptAsync(Script);
        await phone.Page.ReloadAsync();
        return new SignalRecorder(phone);
    }

    public Task ForgetAsync() => _phone.Page.EvaluateAsync("() => { txHeard.tones.length = 0; txHeard.shakes.length = 0 }");

    /// <summary>What came since the last time, and forgets it.</summary>
    public async Task<Heard> TakeAsync()
    {
        await _phone.Page.WaitForFunctionAsync("() => txHeard.shakes.length > 0");
        var said = await _phone.Page.EvaluateAsync<string[]>("() => [txHeard.tones.splice(0).join(', '), txHeard.shakes.splice(0).join(', ')]");
        return new Heard(said[0], said[1]);
    }
}
