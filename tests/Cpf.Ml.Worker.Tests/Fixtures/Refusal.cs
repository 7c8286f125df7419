using Cpf.Ml.Worker.Hosting;

namespace Cpf.Ml.Worker.Tests.Fixtures;

/// <summary>An act that must be refused.</summary>
internal static class Refusal
{
    /// <returns>The status that the API answers with.</returns>
    public static async Task<int> StatusAsync(Func<Task> act) =>
        (await Assert.ThrowsAsync<RefusedException>(act)).Status;
}
