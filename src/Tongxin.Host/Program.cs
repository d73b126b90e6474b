using Tongxin.Host;

return await HostProgram.RunAsync(args);

/// <summary>The entry point, public so that the tests can start the product as it is.</summary>
public partial class Program;
