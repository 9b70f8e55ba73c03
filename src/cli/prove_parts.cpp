#include "prove_parts.hpp"

#include <fmt/format.h>

#include <cmath>
#include <map>
#include <mutex>
#include <nlohmann/json.hpp>

#include "attest/base/error.hpp"
#include "base/json_text.hpp"
#include "base/parallel.hpp"
#include "base/records.hpp"

namespace attest::cli {

namespace {

using nlohmann::json;

base::Journal::Head head(const ProveParts& parts) {
    return {base::json_text(json{{"format", "attest/lengths"}, {"version", 1}, {"question", parts.question}}),
            "lengths of the same model, language and options"};
}

std::string certificate_of(const ProveParts& parts, std::int64_t length) {
    return parts.journal + "/certificates/" + certify::part_of_length(length);
}

/// A record: the length as --json has it, and its row, for people who look into the folder.
std::string record_of(const ProveParts& parts, const certify::Recognition& result) {
    const ProveAsked& asked = parts.asked;
    record::Prove record = record::prove(asked.model, asked.alphabet, asked.language, asked.map, {result});
    parts.complete(record.results.front(), result);
    const nlohmann::ordered_json line{
        {"length", result.length}, {"row", prove_row(asked, result)}, {"record", record::write(record)}};
    return base::json_text(line, -1, base::NotUtf8::replaced);
}

/// Records that are there, by their lengths.
std::map<std::int64_t, record::Prove::Length> records_in(const ProveParts& parts) {
    const base::Records records(parts.journal, head(parts));
    std::map<std::int64_t, record::Prove::Length> all;
    for (const std::string& line : records.earlier()) try {
            const json document = base::document_of(line);
            const auto record =
                record::read<record::Prove>(base::Json::parse(base::json_text(document.at("record")), parts.journal));
            if (!record || record->results.size() != 1)
                throw base::InputError(parts.journal, "records of lengths", "something else");
            all[document.at("length")] = record->results[0];
        } catch (const json::exception&) {
            throw base::InputError(parts.journal, "records of lengths", "something else");
        }
    return all;
}

/// What is said of a length by its verdict alone.
ProvedPart by_verdict(const ProveAsked& asked, certify::Recognition result) {
    record::Prove record = record::prove(asked.model, asked.alphabet, asked.language, asked.map, {result});
    std::string row = prove_row(asked, result);
    return {std::move(result), std::move(row), std::move(record.results.front())};
}

ProvedPart missing(std::int64_t length, const ProveAsked& asked) {
    const verdict::Undecided why{verdict::Reason::interrupted,
                                 "it has no record: its part did not end, or was undecided"};
    return by_verdict(
        asked, {length, {}, verdict::Verdict::undecided(verdict::Lengths::one(length), why), certify::Vacuous::no, {}});
}

/// How a certificate was found right: how large its proof was, only the part that made it knows.
std::string checked_row(const ProveAsked& asked, const certify::Recognition& result,
                        const record::Prove::Length& entry) {
    if (!result.verdict.holds()) return prove_row(asked, result);
    return fmt::format("{:>6}  {:9}  {:>8.2f} s  {}, accepted by the checker in {:.2f} s", result.length,
                       result.verdict.word(), result.verdict.spent.seconds, entry.evidence.value_or("a certificate"),
                       result.verdict.spent.check_seconds);
}

/// Made of what the checker has just read: anybody may have written the record, of which only the time is taken.
ProvedPart joined(const ProveParts& parts, std::int64_t length, const record::Prove::Length& left,
                  certify::Archive& archive) {
    const std::string directory = certificate_of(parts, length);
    certify::Recognition result = parts.again(directory, length, archive);
    if (result.verdict.is_undecided()) return by_verdict(parts.asked, std::move(result));
    if (left.verdict != result.verdict.word() || left.certificate != result.verdict.digest())
        throw base::InputError(directory, "the certificate of its record", "another");
    if (std::isfinite(left.seconds) && left.seconds >= 0) result.verdict.spent.seconds = left.seconds;
    record::Prove::Length entry = record::prove_length(parts.asked.alphabet, result);
    entry.words.reset();  // nor how many words were evaluated
    entry.closure.reset();
    parts.complete(entry, result);
    std::string row = checked_row(parts.asked, result, entry);
    return {std::move(result), std::move(row), std::move(entry)};
}

}  // namespace

void prove_share(Session& session, const ProveParts& parts) {
    const std::map<std::int64_t, record::Prove::Length> there = records_in(parts);
    base::Records records(parts.journal, head(parts), [](std::size_t) { return false; });
    const base::Limits limits = session.limits();
    std::mutex mutex;
    base::in_parallel(parts.threads, parts.lengths.size(), [&](std::size_t k) {
        const std::int64_t length = parts.lengths[k];
        if (!parts.share.has(k) || there.contains(length) || limits.exceeded()) return;
        certify::Archive archive(certificate_of(parts, length));
        const certify::Recognition result = parts.decide(length, archive);
        const bool is_decided = archive.finish();  // else the next who is asked tries again
        const std::string record = is_decided ? record_of(parts, result) : "";
        const std::lock_guard lock(mutex);
        if (is_decided) records.add(k, record);
        if (!parts.share.is_whole()) session.print(prove_row(parts.asked, result) + "\n");
    });
}

std::vector<ProvedPart> join_parts(Session& session, const ProveParts& parts, certify::Archive& archive) {
    const std::map<std::int64_t, record::Prove::Length> there = records_in(parts);
    std::vector<ProvedPart> all;
    for (const std::int64_t length : parts.lengths) {
        session.progress(fmt::format("[{}/{}] joining length {}", all.size(), parts.lengths.size(), length));
        const auto left = there.find(length);
        all.push_back(left == there.end() ? missing(length, parts.asked)
                                          : joined(parts, length, left->second, archive));
    }
    return all;
}

}  // namespace attest::cli
