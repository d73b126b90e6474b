using Tongxin.Host.Commands;

return await CommandLine.RunAsync(args);

/// <summary>The entry point, public so that the tests can start the product as it is.</summary>
public partial class Program;
