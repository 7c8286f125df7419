namespace Cpf.Ml.Training.Tests;

public sealed class ArchitectureTests
{
    [Fact]
    public void Training_does_not_know_the_worker() => Assert.DoesNotContain(
        typeof(Program).Assembly.GetReferencedAssemblies(),
        reference => reference.Name == "Cpf.Ml.Worker" || reference.Name!.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal));
}
