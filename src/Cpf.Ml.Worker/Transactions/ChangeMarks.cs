using Cpf.Ml.Worker.Console.Kit.Charts;
using Cpf.Ml.Worker.Console.Kit.Wording;

namespace Cpf.Ml.Worker.Transactions;

/// <summary>What people changed, as marks of a chart: deployments with the window in which deviations are expected, and
/// new normals.</summary>
internal sealed class ChangeMarks(DeploymentStore deployments, NewNormalStore normals, TransactionsSettings settings)
{
    /// <param name="series">Id of the series whose new normals are marked.</param>
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
            .. deployed.Select(deployment => Mark(
                deployment.At,
                deployment.At + window,
                ui.T($"Déploiement {deployment.Version}", $"Deployment {deployment.Version}"))),
            .. declared.Select(normal => Mark(
                normal.At, normal.At, ui.T($"Nouvelle normale : {normal.Reason}", $"New normal: {normal.Reason}"))),
        ];
    }

    private static ChartMark Mark(DateTimeOffset from, DateTimeOffset to, string label) =>
        new(from.ToUnixTimeMilliseconds(),
            Math.Max(to.ToUnixTimeMilliseconds(), from.ToUnixTimeMilliseconds() + 1), label);
}
