using System.Buffers;
using Cpf.Ml.Worker.Ingest.Pipeline;
using Cpf.Ml.Worker.Ingest.Settings;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Snappier;

namespace Cpf.Ml.Worker.Ingest.RemoteWrite;

/// <summary><c>POST /api/v1/write</c>: the receiving end of Prometheus remote_write.</summary>
/// <remarks>
/// Prometheus drops what is answered with 4xx and repeats what is answered with 5xx. So 4xx is only for data that can
/// never be accepted; rejected samples are counted, and the rest of their request is accepted.
/// </remarks>
internal sealed class RemoteWriteEndpoint(
    WriteRequest request, Intake intake, IngestHealth health, IngestSettings settings)
{
    private readonly IngestSource _source = health.Source(IngestHealth.RemoteWrite);

    /// <summary>Answers 204 when everything is scored and its alerts are committed.</summary>
    public async Task<IResult> PostAsync(HttpContext context)
    {
        if (!IsProtobuf(context.Request.ContentType))
        {
            return Refuse(StatusCodes.Status415UnsupportedMediaType,
                $"Content-Type must be application/x-protobuf (remote_write 1.0), was "
                    + $"\"{context.Request.ContentType}\".");
        }

        if (context.Request.Headers.ContentEncoding != "snappy")
        {
            return Refuse(StatusCodes.Status415UnsupportedMediaType,
                $"Content-Encoding must be snappy, was \"{context.Request.Headers.ContentEncoding}\".");
        }

        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = settings.MaxBodyBytes;
        }

        if (context.Request.ContentLength > settings.MaxBodyBytes)
        {
            return Refuse(StatusCodes.Status413PayloadTooLarge,
                $"The body may have {settings.MaxBodyBytes} bytes, has {context.Request.ContentLength}.");
        }

        var batch = intake.Batch();
        if (await ReadAsync(context, batch) is { } refusal)
        {
            return refusal;
        }

        await intake.SubmitAsync(batch, _source, context.RequestAborted);
        return TypedResults.NoContent();
    }

    private async Task<IResult?> ReadAsync(HttpContext context, IntakeBatch batch)
    {
        var packed = ArrayPool<byte>.Shared.Rent((int)(context.Request.ContentLength ?? settings.MaxBodyBytes) + 1);
        try
        {
            var length = await context.Request.Body.ReadAtLeastAsync(
                packed, packed.Length, throwOnEndOfStream: false, context.RequestAborted);
            return length > settings.MaxBodyBytes
                ? Refuse(
                    StatusCodes.Status413PayloadTooLarge, $"The body may have {settings.MaxBodyBytes} bytes, has more.")
                : Unpack(packed.AsSpan(0, length), batch);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(packed);
        }
    }

    private ProblemHttpResult? Unpack(ReadOnlySpan<byte> packed, IntakeBatch batch)
    {
        byte[]? unpacked = null;
        try
        {
            // The announced length is only a claim until it is unpacked, but a claim too large is reason enough to
            // stop.
            var announced = Snappy.GetUncompressedLength(packed);
            if (announced < 0 || announced > settings.MaxUnpackedBytes)
            {
                // More than 31 bits come out negative.
                return Refuse(StatusCodes.Status413PayloadTooLarge,
                    $"The message may have {settings.MaxUnpackedBytes} bytes unpacked, announces {(uint)announced}.");
            }

            unpacked = ArrayPool<byte>.Shared.Rent(announced);
            var length = Snappy.Decompress(packed, unpacked);
            request.Decode(unpacked.AsSpan(0, length), batch);
            return null;
        }
        catch (InvalidDataException reason)
        {
            return Refuse(StatusCodes.Status400BadRequest, $"The body is not snappy (block format): {reason.Message}");
        }
        catch (WireFormatException reason)
        {
            return Refuse(
                StatusCodes.Status400BadRequest, $"The message is not a prometheus.WriteRequest. {reason.Message}");
        }
        finally
        {
            if (unpacked is not null)
            {
                ArrayPool<byte>.Shared.Return(unpacked);
            }
        }
    }

    private static bool IsProtobuf(string? contentType) =>
        contentType is not null
        && System.Net.Http.Headers.MediaTypeHeaderValue.TryParse(contentType, out var type)
        && type.MediaType == "application/x-protobuf"
        && type.Parameters.All(parameter => parameter.Name != "proto" || parameter.Value == "prometheus.WriteRequest");

    private ProblemHttpResult Refuse(int status, string detail)
    {
        _source.Reject(Rejection.Malformed);
        _source.Report(detail);
        return TypedResults.Problem(detail, statusCode: status, title: "Nothing was accepted");
    }
}
