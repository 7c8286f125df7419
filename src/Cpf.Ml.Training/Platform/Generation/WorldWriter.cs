using System.Globalization;
using Cpf.Ml.Training.Platform.Generation.Worlds;
using Cpf.Ml.Training.Statistics;

namespace Cpf.Ml.Training.Platform.Generation;

/// <summary>A world as platform data: what has happened by its end, and nothing of what comes later.</summary>
internal sealed class WorldWriter(World world, PlatformWriter writer)
{
    private const int DaysOfQuarter = 91;

    /// <summary>No figures are published of registrations: both shares are assumed.</summary>
    private const double RegisteredOfPresented = 0.85;
    private const double RegisteredOfAbsent = 0.25;

    private readonly DateOnly _end = world.Options.End;
    private readonly ILookup<Certification, (Organisation Organisation, Organisation Subcontractor,
        Certification Certification, DateOnly KnownOn, double Share, bool IsDeclared)> _subcontracting =
        world.Subcontracting.ToLookup(entry => entry.Certification);

    private long _purchase;
    private long _complaint;

    /// <summary>What is there before the first dossier.</summary>
    public void Population()
    {
        foreach (var certification in world.Certifications)
        {
            writer.Row("certifications").AppendValue(certification.Id)
                .AppendValue(certification.Id.StartsWith("RS", StringComparison.Ordinal) ? "RS" : "RNCP")
                .AppendValue(certification.Title)
                .AppendValue(certification.Domain.Nsf).AppendValue((long?)certification.Level)
                .AppendValue(certification.CertifierId)
                .AppendValue(certification.RegisteredOn).AppendValue(certification.ExpiresOn)
                .AppendValue(certification.HasMinimumHours ? Math.Round(0.8 * certification.Hours) : null)
                .AppendValue(certification.Standard).EndRow();
        }

        foreach (var organisation in world.Organisations.Where(item => item.CreatedOn < _end))
        {
            writer.Row("organisations").AppendValue(organisation.Id)
                .AppendValue(organisation.Siren)
                .AppendValue(organisation.CreatedOn).AppendValue(organisation.ActivityDeclaredOn)
                .AppendValue(organisation.Department.ToString("D2", CultureInfo.InvariantCulture))
                .AppendValue(organisation.IsPublic)
                .AppendValue(Hash(organisation.Director)).AppendValue(Hash(organisation.Address))
                .AppendValue(Hash(organisation.Phone)).AppendValue(Hash(organisation.Device))
                .AppendValue(organisation.QualiopiUntil).AppendValue(Before(organisation.DelistedOn)).EndRow();
            writer.Row("bank_accounts")
                .AppendValue(organisation.Id)
                .AppendValue(Hash(organisation.Iban)).AppendValue(organisation.ActivityDeclaredOn).EndRow();
        }

        foreach (var (certification,
            organisation, begins, ends) in world.Habilitations.Where(habilitation => habilitation.BeginsOn < _end))
        {
            writer.Row("habilitations").AppendValue(certification.Id)
                .AppendValue(organisation.Id).AppendValue(begins).AppendValue(Before(ends)).EndRow();
        }

        foreach (var (certification, kind, begins, ends, reason) in world.KnownEvents)
        {
            writer.Row("known_events").AppendValue(certification.Id)
                .AppendValue(kind).AppendValue(begins).AppendValue(ends).AppendValue(reason).EndRow();
        }

        foreach (var entry in Inspections.Hold(world).Where(pair => pair.OpenedOn < _end))
        {
            writer.Row("controls").AppendValue(entry.Certification.Id)
                .AppendValue(entry.OpenedOn).AppendValue(Before(entry.DecidedOn)).AppendValue(entry.Selection)
                .AppendValue(entry.DecidedOn < _end ? entry.Outcome : null).EndRow();
        }

        var offer = 0;
        foreach (var item in world.Certifications.SelectMany(
            certification => certification.Sellers.SelectMany(seller => seller.Offers)
            .Concat(certification.Schemes.SelectMany(scheme => scheme.Offers))))
        {
            item.Id = ++offer;
            writer.Row("offers").AppendValue((long)item.Id).AppendValue(item.Certification.Id)
                .AppendValue(item.Organisation.Id).AppendValue(item.Title).AppendValue(item.Programme)
                .AppendValue(item.Modality).AppendValue(item.Hours)
                .AppendValue((decimal)item.Price)
                .AppendValue(item.OpenedOn).AppendValue(Before(item.ClosedOn)).EndRow();
        }
    }

    /// <summary>The dossiers of a certification, with what its organisations gave away of them.</summary>
    public void Dossiers(Certification certification, List<Dossier> dossiers)
    {
        foreach (ref readonly var dossier in System.Runtime.InteropServices.CollectionsMarshal.AsSpan(dossiers))
        {
            _purchase++;
            Purchase(dossier);
            Afterwards(dossier);
        }

        Subcontracting(certification, dossiers);
    }

    /// <summary>
    /// Declared or found again every quarter, of the twelve months before; who is given work and gives it on gives a
    /// share of what was received.
    /// </summary>
    private void Subcontracting(Certification certification, List<Dossier> dossiers)
    {
        if (!_subcontracting.Contains(certification))
        {
            return;
        }

        var givers = _subcontracting[certification].Select(entry => entry.Organisation).ToHashSet();
        var sales = dossiers.Where(dossier => givers.Contains(dossier.Offer.Organisation))
            .ToLookup(dossier => dossier.Offer.Organisation, dossier => (dossier.OrderedAt, dossier.Price));
        var received = new Dictionary<(Organisation, DateOnly), double>();
        foreach (var entry in _subcontracting[certification])
        {
            for (var day = entry.KnownOn; day < _end; day = day.AddDays(DaysOfQuarter))
            {
                var sold = sales[entry.Organisation].Where(sale => sale.OrderedAt < Midnight(day)
                    && sale.OrderedAt >= Midnight(day.AddYears(-1))).Sum(sale => sale.Price);
                var given = entry.Share * (sold + received.Where(other => other.Key.Item1 == entry.Organisation
                    && other.Key.Item2 <= day).OrderBy(other => other.Key.Item2).LastOrDefault().Value);
                if (given > 0)
                {
                    received[(entry.Subcontractor, day)] = given;
                    writer.Row("subcontracting").AppendValue(entry.Organisation.Id)
                        .AppendValue(entry.Subcontractor.Id).AppendValue(certification.Id).AppendValue(day)
                        .AppendValue((decimal)Math.Round(given, 2)).AppendValue(entry.IsDeclared).EndRow();
                }
            }
        }
    }

    private static DateTime Midnight(DateOnly day) => day.ToDateTime(TimeOnly.MinValue);

    private void Purchase(in Dossier dossier) => writer.Row("purchases")
        .AppendValue(_purchase)
        .AppendValue((long)dossier.Offer.Id).AppendValue(dossier.OrderedAt).AppendValue(Money(dossier.Price))
        .AppendValue(Before(dossier.CancelledOn) is null ? "validated" : "cancelled")
        .AppendValue(Before(dossier.CancelledOn))
        .AppendValue(Before(dossier.EnteredOn)).AppendValue(Money(dossier.Balance))
        .AppendValue(dossier.TopUp > 0 ? Money(dossier.TopUp) : null).AppendValue(dossier.Funder)
        .AppendValue(Hash(dossier.Account)).AppendValue(dossier.AccountCreatedOn).AppendValue(Hash(dossier.Contact))
        .AppendValue(Hash(dossier.Device)).EndRow();

    private void Afterwards(in Dossier dossier)
    {
        var end = _end.ToDateTime(TimeOnly.MinValue);
        if (dossier.CancelledOn is null && dossier.DeclaredAt < end)
        {
            writer.Row("sessions").AppendValue(_purchase).AppendValue(dossier.EndedOn)
                .AppendValue(dossier.DeclaredAt).AppendValue(dossier.Completion).AppendValue(dossier.HoursBilled)
                .AppendValue(double.IsNaN(dossier.HoursLogged) ? null : dossier.HoursLogged)
                .AppendValue(dossier.LongestDay)
                .AppendValue((long)dossier.OddDays).AppendValue(Registered(dossier)).EndRow();
        }

        if (dossier.IsFinished && dossier.KnownOn < _end)
        {
            writer.Row("exams").AppendValue(_purchase).AppendValue(dossier.IsPresented ? dossier.HeldOn : null)
                .AppendValue(dossier.IsPresented ? dossier.IsPassed : null).AppendValue(dossier.KnownOn)
                .AppendValue(Before(dossier.TransmittedOn)).EndRow();
        }

        if (Before(dossier.ComplainedOn) is { } complained)
        {
            writer.Row("complaints").AppendValue(++_complaint).AppendValue(_purchase).AppendValue(complained).EndRow();
        }

        if (dossier.Stars > 0 && dossier.ReviewedAt < end)
        {
            writer.Row("reviews").AppendValue(_purchase)
                .AppendValue(dossier.ReviewedAt)
                .AppendValue((long)dossier.Stars).AppendValue(Hash(dossier.ReviewText)).EndRow();
        }
    }

    /// <summary>The examination for which a person was registered when the training was declared. Some who will sit it
    /// are registered later, some who are registered never come.</summary>
    private static DateOnly? Registered(in Dossier dossier)
    {
        // Of the account and not of the certification's random numbers, which would change every later dossier.
        var chance = Draws.Mix(13, unchecked((long)dossier.Account)) / (double)ulong.MaxValue;
        return chance < (dossier.IsPresented ? RegisteredOfPresented : RegisteredOfAbsent) ? dossier.HeldOn : null;
    }

    private DateOnly? Before(DateOnly? day) => day < _end ? day : null;

    private static decimal? Money(double value) => (decimal)Math.Round(value, 2);

    private static string Hash(ulong value) => value.ToString("x16", CultureInfo.InvariantCulture);
}
