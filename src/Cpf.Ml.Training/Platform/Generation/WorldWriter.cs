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
        world.Subcontracting.ToLookup(one => one.Certification);

    private long _purchase;
    private long _complaint;

    /// <summary>What is there before the first dossier.</summary>
    public void Population()
    {
        foreach (var one in world.Certifications)
        {
            writer.Row("certifications").AppendValue(one.Id)
                .AppendValue(one.Id.StartsWith("RS", StringComparison.Ordinal) ? "RS" : "RNCP").AppendValue(one.Title)
                .AppendValue(one.Domain.Nsf).AppendValue((long?)one.Level)
                .AppendValue(one.CertifierId).AppendValue(one.RegisteredOn).AppendValue(one.ExpiresOn)
                .AppendValue(one.HasMinimumHours ? Math.Round(0.8 * one.Hours) : null)
                .AppendValue(one.Standard).EndRow();
        }

        foreach (var one in world.Organisations.Where(one => one.CreatedOn < _end))
        {
            writer.Row("organisations").AppendValue(one.Id)
                .AppendValue(one.Siren).AppendValue(one.CreatedOn).AppendValue(one.ActivityDeclaredOn)
                .AppendValue(one.Department.ToString("D2", CultureInfo.InvariantCulture))
                .AppendValue(one.IsPublic).AppendValue(Hash(one.Director)).AppendValue(Hash(one.Address))
                .AppendValue(Hash(one.Phone)).AppendValue(Hash(one.Device))
                .AppendValue(one.QualiopiUntil).AppendValue(Before(one.DelistedOn)).EndRow();
            writer.Row("bank_accounts")
                .AppendValue(one.Id).AppendValue(Hash(one.Iban)).AppendValue(one.ActivityDeclaredOn).EndRow();
        }

        foreach (var (certification,
            organisation, begins, ends) in world.Habilitations.Where(one => one.BeginsOn < _end))
        {
            writer.Row("habilitations").AppendValue(certification.Id)
                .AppendValue(organisation.Id).AppendValue(begins).AppendValue(Before(ends)).EndRow();
        }

        foreach (var (certification, kind, begins, ends, reason) in world.KnownEvents)
        {
            writer.Row("known_events").AppendValue(certification.Id)
                .AppendValue(kind).AppendValue(begins).AppendValue(ends).AppendValue(reason).EndRow();
        }

        foreach (var one in Inspections.Hold(world).Where(one => one.OpenedOn < _end))
        {
            writer.Row("controls").AppendValue(one.Certification.Id)
                .AppendValue(one.OpenedOn).AppendValue(Before(one.DecidedOn)).AppendValue(one.Selection)
                .AppendValue(one.DecidedOn < _end ? one.Outcome : null).EndRow();
        }

        var offer = 0;
        foreach (var one in world.Certifications.SelectMany(one => one.Sellers.SelectMany(seller => seller.Offers)
            .Concat(one.Schemes.SelectMany(scheme => scheme.Offers))))
        {
            one.Id = ++offer;
            writer.Row("offers").AppendValue((long)one.Id).AppendValue(one.Certification.Id)
                .AppendValue(one.Organisation.Id).AppendValue(one.Title).AppendValue(one.Programme)
                .AppendValue(one.Modality).AppendValue(one.Hours)
                .AppendValue((decimal)one.Price).AppendValue(one.OpenedOn).AppendValue(Before(one.ClosedOn)).EndRow();
        }
    }

    /// <summary>The dossiers of a certification, with what its organisations gave away of them.</summary>
    public void Dossiers(Certification certification, List<Dossier> dossiers)
    {
        foreach (ref readonly var one in System.Runtime.InteropServices.CollectionsMarshal.AsSpan(dossiers))
        {
            _purchase++;
            Purchase(one);
            Afterwards(one);
        }

        Subcontracting(certification, dossiers);
    }

    /// <summary>
    /// Declared or found anew every quarter, of the twelve months before; who is given work and gives it on gives a
    /// share of what was received.
    /// </summary>
    private void Subcontracting(Certification certification, List<Dossier> dossiers)
    {
        if (!_subcontracting.Contains(certification))
        {
            return;
        }

        var givers = _subcontracting[certification].Select(one => one.Organisation).ToHashSet();
        var sales = dossiers.Where(dossier => givers.Contains(dossier.Offer.Organisation))
            .ToLookup(dossier => dossier.Offer.Organisation, dossier => (dossier.OrderedAt, dossier.Price));
        var received = new Dictionary<(Organisation, DateOnly), double>();
        foreach (var one in _subcontracting[certification])
        {
            for (var day = one.KnownOn; day < _end; day = day.AddDays(DaysOfQuarter))
            {
                var sold = sales[one.Organisation].Where(sale => sale.OrderedAt < Midnight(day)
                    && sale.OrderedAt >= Midnight(day.AddYears(-1))).Sum(sale => sale.Price);
                var given = one.Share * (sold + received.Where(other => other.Key.Item1 == one.Organisation
                    && other.Key.Item2 <= day).OrderBy(other => other.Key.Item2).LastOrDefault().Value);
                if (given > 0)
                {
                    received[(one.Subcontractor, day)] = given;
                    writer.Row("subcontracting").AppendValue(one.Organisation.Id)
                        .AppendValue(one.Subcontractor.Id).AppendValue(certification.Id).AppendValue(day)
                        .AppendValue((decimal)Math.Round(given, 2)).AppendValue(one.IsDeclared).EndRow();
                }
            }
        }
    }

    private static DateTime Midnight(DateOnly day) => day.ToDateTime(TimeOnly.MinValue);

    private void Purchase(in Dossier one) => writer.Row("purchases")
        .AppendValue(_purchase).AppendValue((long)one.Offer.Id).AppendValue(one.OrderedAt).AppendValue(Money(one.Price))
        .AppendValue(Before(one.CancelledOn) is null ? "validated" : "cancelled")
        .AppendValue(Before(one.CancelledOn)).AppendValue(Before(one.EnteredOn)).AppendValue(Money(one.Balance))
        .AppendValue(one.TopUp > 0 ? Money(one.TopUp) : null).AppendValue(one.Funder)
        .AppendValue(Hash(one.Account)).AppendValue(one.AccountCreatedOn).AppendValue(Hash(one.Contact))
        .AppendValue(Hash(one.Device)).EndRow();

    private void Afterwards(in Dossier one)
    {
        var end = _end.ToDateTime(TimeOnly.MinValue);
        if (one.CancelledOn is null && one.DeclaredAt < end)
        {
            writer.Row("sessions").AppendValue(_purchase).AppendValue(one.EndedOn)
                .AppendValue(one.DeclaredAt).AppendValue(one.Completion).AppendValue(one.HoursBilled)
                .AppendValue(double.IsNaN(one.HoursLogged) ? null : one.HoursLogged)
                .AppendValue(one.LongestDay).AppendValue((long)one.OddDays).AppendValue(Registered(one)).EndRow();
        }

        if (one.IsFinished && one.KnownOn < _end)
        {
            writer.Row("exams").AppendValue(_purchase).AppendValue(one.IsPresented ? one.HeldOn : null)
                .AppendValue(one.IsPresented ? one.IsPassed : null).AppendValue(one.KnownOn)
                .AppendValue(Before(one.TransmittedOn)).EndRow();
        }

        if (Before(one.ComplainedOn) is { } complained)
        {
            writer.Row("complaints").AppendValue(++_complaint).AppendValue(_purchase).AppendValue(complained).EndRow();
        }

        if (one.Stars > 0 && one.ReviewedAt < end)
        {
            writer.Row("reviews").AppendValue(_purchase)
                .AppendValue(one.ReviewedAt).AppendValue((long)one.Stars).AppendValue(Hash(one.ReviewText)).EndRow();
        }
    }

    /// <summary>The examination for which a person was registered when the training was declared. Some who will sit it
    /// are registered later, some who are registered never come.</summary>
    private static DateOnly? Registered(in Dossier dossier)
    {
        // Of the account and not of the certification's random numbers, which would deal every later dossier anew.
        var chance = Draws.Mix(13, unchecked((long)dossier.Account)) / (double)ulong.MaxValue;
        return chance < (dossier.IsPresented ? RegisteredOfPresented : RegisteredOfAbsent) ? dossier.HeldOn : null;
    }

    private DateOnly? Before(DateOnly? day) => day < _end ? day : null;

    private static decimal? Money(double value) => (decimal)Math.Round(value, 2);

    private static string Hash(ulong value) => value.ToString("x16", CultureInfo.InvariantCulture);
}
