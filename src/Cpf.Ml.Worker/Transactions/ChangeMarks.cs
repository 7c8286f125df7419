using Cpf.Ml.Worker.Console.Kit.Charts;
using Cpf.Ml.Worker.Console.Kit.Wording;

namespace Cpf.Ml.Worker.Transactions;

/// <summary>What people changed, as charts show it: deployments with the time in which more than usual may happen, and
/// new normals.</summary>
internal sealed class ChangeMarks(DeploymentStore deployments, NewNormalStore normals, TransactionsSettings settings)
{
    /// <param name="series">Whose new normals are wanted.</param>
    /// <param name="from">Unix milliseconds, inclusive.</param>
    /// <param name="to">Unix milliseconds, exclusive.</param>
    public async Task<List<ChartMark>> FindAsync(
        string service, long series, long from, long to, Ui ui, CancellationToken cancellationToken)
    {
        var window = settings.DeploymentWindow;
        var (begin, end) = (DateTimeOffset.FromUnixTimeMilliseconds(from), DateTimeOffset.FromUnixTimeMilliseconds(to));
        var deployed = await deployments.FindAsync(begin - window, end, service, cancellationToken);
        var declared = await normals.FindAsync(series, begin, end, cancellationToken);
        return
        [
            .. deployed.Select(
                one => Mark(one.At, one.At + window, ui.T($"Déploiement {one.Version}", $"Deployment {one.Version}"))),
            .. declared.Select(
                one => Mark(one.At, one.At, ui.T($"Nouvelle normale : {one.Reason}", $"New normal: {one.Reason}"))),
        ];
    }

    private static ChartMark Mark(DateTimeOffset from, DateTimeOffset to, string label) =>
        new(from.ToUnixTimeMilliseconds(),
            Math.Max(to.ToUnixTimeMilliseconds(), from.ToUnixTimeMilliseconds() + 1), label);
}
