using Cpf.Ml.Training.Data;
using Cpf.Ml.Training.Matching.Data;

namespace Cpf.Ml.Training.Tests.Matching;

public sealed class RegisterReaderTests : IDisposable
{
    private const string Standard =
        "\"Numero_Fiche\";\"Intitule\";\"Abrege_Libelle\";\"Nomenclature_Europe_Niveau\";\"Date_Fin_Enregistrement\";"
        + "\"Actif\";\"Formacodes\";\"Nsf\";\"Certificateurs\";\"Anciennes_Certifications\"\n"
        + """
        "RNCP39001";"Technicien d''intervention
        en froid";"TP";"NIV4";"18/12/2029";"ACTIVE";"22624 : Froid|22685";"227r|230";"MINISTERE";"RNCP183|RNCP184"
        "RS6001";"Anglais";"";"";"2027-12-31";"false";"";"";"";""
        "X12";"Aucune fiche";"";"";"";"";"";"";"";""
        """;

    private readonly TemporaryFolder _folder = new();

    /// <summary>
    /// As counted in the files by hand; with a formacode and a job in the official files are 4 049, five more have jobs
    /// in those of 2021 alone.
    /// </summary>
    [Fact]
    public void The_real_register_is_read_whole()
    {
        var fiches = RegisterReader.Read(SharedData.Root, new());
        Assert.Equal(17_369, fiches.Length);
        Assert.Equal(4481, fiches.Count(fiche => fiche.IsActive));
        Assert.Equal(4054, fiches.Count(fiche => fiche.Formacodes.Length > 0 && fiche.Jobs.Length > 0));
        Assert.All(fiches, fiche => Assert.DoesNotContain("''", fiche.Title, StringComparison.Ordinal));
        Assert.All(fiches, fiche => Assert.InRange(fiche.Jobs.Length, 0, 5));
        Assert.DoesNotContain(fiches, fiche => fiche.Ancestors.Contains(fiche.Id));
    }

    [Fact]
    public void The_real_rome_is_read_whole()
    {
        var jobs = JobReader.Read(SharedData.Root);
        Assert.Equal(532, jobs.Length);
        Assert.Equal(10_990, jobs.Sum(job => job.Titles.Length));
        Assert.Equal(1584, jobs.Sum(job => job.Recent.Length));
        Assert.Equal(96, jobs.Sum(job => job.Recent.Count(recent => recent.Ecology == "Emploi Vert")));
        Assert.Equal(
            140,
            jobs.Count(job => job.Recent.Any(recent => recent.Ecology is "Emploi Vert" or "Emploi stratégique pour "
                + "la Transition écologique")));
        Assert.All(jobs, job => Assert.NotEqual(job.Code, job.Label));
        Assert.Contains(jobs, job => job.Activities.Any(text => text.Contains('ê', StringComparison.Ordinal)));
    }

    [Fact]
    public void New_fiches_are_read_with_what_their_own_columns_say_and_without_jobs()
    {
        var fiches = RegisterReader.ReadStandard(_folder.Write("new.csv", Standard));
        Assert.Equal(["RNCP39001", "RS6001"], fiches.Select(fiche => fiche.Id));
        Assert.Equal(
            ("Technicien d'intervention en froid", "TP", 4, new DateOnly(2029, 12, 18), true),
            (fiches[0].Title, fiches[0].Type, fiches[0].Level, fiches[0].ExpiresOn, fiches[0].IsActive));
        Assert.Equal(
            [("22624", "Froid"), ("22685", "")],
            fiches[0].Formacodes.Select(code => (code.Code, code.Label)));
        Assert.Equal(["RNCP183", "RNCP184"], fiches[0].Ancestors);
        Assert.Equal(
            (null, new DateOnly(2027, 12, 31), false, true),
            (fiches[1].Level, fiches[1].ExpiresOn, fiches[1].IsActive, fiches[1].IsSpecific));
        Assert.All(fiches, fiche => Assert.Empty(fiche.Jobs));
    }

    [Fact]
    public void Missing_files_and_invalid_dates_are_refused_by_name()
    {
        Assert.Contains(
            "no register",
            Assert.Throws<InputException>(() => RegisterReader.Read(_folder["."], new())).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "no column Intitule",
            Assert.Throws<InputException>(
                () => RegisterReader.ReadStandard(_folder.Write("bad.csv", "Numero_Fiche;Titre\nRNCP1;x\n"))).Message,
            StringComparison.Ordinal);
        foreach (var (file, text) in new[]
        {
            ("rncp_rome", "CodeRNCP;Rome"),
            ("rncp_nsf", "CodeRNCP;code"),
            ("rncp_certificateurs", "CodeRNCP;Certificateur"),
            ("rncp_blocs_competences", "CodeRNCP;intitule"),
        })
        {
            _folder.Write($"rncp-2021/{file}.csv", text + "\n");
        }

        _folder.Write(
            "rncp-2021/rncp_info.csv",
            "CodeRNCP;intituleDiplome;CodeTypeCertif;NiveauEurope;date_fin_validite_enregistrement;ActiveInactive;"
                + "AncienneFiche;NouvelleFiche\nRNCP1;Titre;TP;niveau4;2026-13-45;ACTIVE;;\n");
        Assert.Contains(
            "2026-13-45",
            Assert.Throws<InputException>(() => RegisterReader.Read(_folder["."], new())).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "no ROME",
            Assert.Throws<InputException>(() => JobReader.Read(_folder["."])).Message,
            StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();
}
