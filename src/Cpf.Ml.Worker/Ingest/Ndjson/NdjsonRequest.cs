using System.Buffers;
using System.Globalization;
using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text.Json;
using Cpf.Ml.Worker.Hosting;
using Cpf.Ml.Worker.Ingest.Pipeline;
using Cpf.Ml.Worker.Ingest.Settings;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Cpf.Ml.Worker.Ingest.Ndjson;

/// <summary>Reads one request of lines: each good line is kept, each bad one reported with its number, field and
/// reason.</summary>
internal sealed class NdjsonRequest(HttpContext context, IngestSettings settings, IngestSource source, ILineSink sink)
{
    private const int ErrorsShown = 100;

    /// <summary>After this many the sender has the wrong format; reading on would help nobody.</summary>
    private const int MaxErrors = 10_000;

    private const int LinesPerFlush = 10_000;

    private readonly List<LineError> _errors = [];
    private LineReader _lines = null!;
    private int _waiting;
    private int _bad;

    /// <returns>Null when every line is good; otherwise the response that says what is wrong.</returns>
    public async Task<IResult?> ReadAsync()
    {
        if (WhyUnsupported() is { } unsupported)
        {
            return Refuse(StatusCodes.Status415UnsupportedMediaType, unsupported);
        }

        if (context.Request.ContentLength > settings.MaxBodyBytes)
        {
            return Refuse(StatusCodes.Status413PayloadTooLarge,
                $"The body may have {settings.MaxBodyBytes} bytes, has {context.Request.ContentLength}.");
        }

        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = settings.MaxBodyBytes;
        }

        await using var body =
            IsGzip ? new GZipStream(context.Request.Body, CompressionMode.Decompress) : context.Request.Body;
        _lines = new LineReader(body, settings.MaxLineBytes, settings.MaxUnpackedBytes);
        var damage = await ReadLinesAsync();
        if (damage is null || sink.InPieces)
        {
            await FlushAsync();
        }

        return damage is { } found ? Refuse(found.Status, $"{found.Detail} {Lines(sink.Accepted)} accepted.")
            : _bad > 0 ? Refuse(StatusCodes.Status422UnprocessableEntity,
                $"{Lines(sink.Accepted)} accepted, {_bad} {(_bad == 1 ? "was" : "were")} not.")
            : null;
    }

    /// <summary>Why the body could not be read to its end; null when it could.</summary>
    private async Task<(int Status, string Detail)?> ReadLinesAsync()
    {
        try
        {
            while (await _lines.ReadAsync(AcceptLine, context.RequestAborted))
            {
                if (sink.InPieces && _waiting >= LinesPerFlush)
                {
                    await FlushAsync();
                }

                if (_bad > MaxErrors)
                {
                    return (StatusCodes.Status422UnprocessableEntity,
                        $"More than {MaxErrors} bad lines: nothing after line {_lines.Line} was read.");
                }
            }

            return null;
        }
        catch (InvalidDataException reason)
        {
            // The sender learns how far the body was read, and how much of it was accepted.
            var tooLarge = reason.Message.StartsWith("The body", StringComparison.Ordinal);
            return (
                tooLarge ? StatusCodes.Status413PayloadTooLarge : StatusCodes.Status400BadRequest,
                tooLarge ? reason.Message
                : _lines.Line == 0 ? "The body is not gzip, or is damaged before its first line."
                : $"The gzip stream is damaged after line {_lines.Line}.");
        }
        catch (BadHttpRequestException reason)
        {
            // A body without Content-Length that is too large, or a body that is cut off.
            return (reason.StatusCode, reason.StatusCode == StatusCodes.Status413PayloadTooLarge
                ? $"The body may have {settings.MaxBodyBytes} bytes, has more; it was read up to line {_lines.Line}."
                : $"The body ends before its end, after line {_lines.Line}: {reason.Message}");
        }
    }

    private void AcceptLine(ReadOnlySequence<byte>? line)
    {
        if (line is not { } text)
        {
            Report(_lines.Line, new LineFault(
                Rejection.TooLong, "", $"A line may have {settings.MaxLineBytes} bytes, this one has more."));
            return;
        }

        try
        {
            sink.Accept(text.IsSingleSegment ? text.FirstSpan : text.ToArray(), _lines.Line);
            _waiting++;
        }
        catch (LineException reason)
        {
            Report(_lines.Line, reason.Fault);
        }
        catch (Exception reason) when (reason is JsonException or InvalidOperationException)
        {
            Report(_lines.Line, new LineFault(Rejection.Malformed, "", JsonFault.Describe(reason, isLine: true)));
        }
    }

    private void Report(int line, LineFault fault)
    {
        _bad++;
        source.Reject(fault.Reason);
        if (_errors.Count < ErrorsShown)
        {
            _errors.Add(new LineError(line, fault.Field, fault.Reason.Name(), fault.Detail));
        }
    }

    private async Task FlushAsync()
    {
        _waiting = 0;
        foreach (var (line, fault) in await sink.FlushAsync(context.RequestAborted))
        {
            Report(line, fault);
        }
    }

    private static string Lines(int count) =>
        count == 1 ? "1 line was" : string.Create(CultureInfo.InvariantCulture, $"{count} lines were");

    private bool IsGzip => context.Request.Headers.ContentEncoding == "gzip";

    private string? WhyUnsupported()
    {
        var type = context.Request.ContentType?.Split(';')[0].Trim();
        if (type is not ("application/x-ndjson" or "application/jsonl" or "application/json"))
        {
            return $"Content-Type must be application/x-ndjson, was \"{context.Request.ContentType}\".";
        }

        if (MediaTypeHeaderValue.TryParse(context.Request.ContentType, out var media)
            && media.CharSet is { Length: > 0 } charset
            && !charset.Trim('"').Equals("utf-8", StringComparison.OrdinalIgnoreCase))
        {
            return $"The text must be UTF-8, the Content-Type says \"{charset}\".";
        }

        var encoding = context.Request.Headers.ContentEncoding.ToString();
        return encoding is "" or "identity" or "gzip" ? null
            : $"Content-Encoding must be gzip or absent, was \"{encoding}\".";
    }

    private ProblemHttpResult Refuse(int status, string detail)
    {
        if (_bad == 0)
        {
            source.Reject(Rejection.Malformed);
        }

        source.Report(_errors.Count == 0 ? detail : $"{detail} Line {_errors[0].Line}: {_errors[0].Detail}");
        return TypedResults.Problem(detail, statusCode: status,
            title: "Not everything was accepted", extensions: new Dictionary<string, object?>(sink.Outcome)
            {
                ["accepted"] = sink.Accepted,
                ["rejected"] = _bad,
                ["errors"] = _errors,
            });
    }
}
