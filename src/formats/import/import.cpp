#include "attest/formats/import.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <sstream>

#include "attest/base/error.hpp"
#include "attest/base/file.hpp"
#include "base/quote.hpp"
#include "base/text.hpp"
#include "checkpoint.hpp"
#include "class_answer.hpp"
#include "document.hpp"
#include "family.hpp"

namespace attest::formats::import {

namespace {

constexpr std::size_t most_compared = 4096;  ///< classes: each has a document of its own

std::vector<std::string> split(const std::string& text) {
    std::vector<std::string> parts;
    std::istringstream stream(text);
    for (std::string part; std::getline(stream, part, ',');) parts.push_back(part);
    return parts;
}

/// What no role of the network used: buffers that are known not to matter, and what is told to be left out.
std::vector<std::string> leave_out(const Source& source, const Family& family) {
    const auto told = source.settings.find({"ignore"});
    const std::vector<std::string> listed = told ? split(told->value) : std::vector<std::string>();
    std::vector<std::string> left = source.checkpoint().ignored;
    for (const std::string& name : source.unused()) {
        const bool known = role_of(family, name) == not_needed || name.find("hook_") != std::string::npos;
        if (!known && std::find(listed.begin(), listed.end(), name) == listed.end())
            source.fail(name,
                        fmt::format("a tensor of the family {} (--set ignore={} leaves it out)", family.name, name),
                        "one without a role");
        left.push_back(name);
    }
    return left;
}

std::string read_place(const Options& options, const Blueprint& plan, Settings& settings) {
    if (options.read.empty() && plan.read.empty())
        throw base::UsageError(
            "import: expected --read first, last or a position (where the head is read is in no file), found none");
    if (options.read.empty()) settings.assume("read", plan.read, "usual for the family");
    std::string place = options.read.empty() ? plan.read : options.read;
    for (const char* word : {"first", "last", "each", "mean", "sum"})
        if (place == word) return place;
    const bool sign = place[0] == '-';
    const std::string digits = place.substr(sign ? 1 : 0);
    const bool whole = !digits.empty() && digits.size() < 10 && digits[0] != '0' &&
                       std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (!whole)
        throw base::UsageError(
            fmt::format("--read: expected first, last, each, mean, sum or a position (from 1, or from "
                        "-1 backwards), found {}",
                        base::quoted(place)));
    if (const std::uint64_t limit = plan.positions_limit; limit > 0 && std::stoull(digits) > limit)
        throw base::UsageError(fmt::format("--read: expected one of {} positions, found {}", limit, place));
    return place;
}

Answer read_answer(const Options& options, const Blueprint& plan, const Vocabulary& vocabulary, Settings& settings) {
    Answer answer{read_place(options, plan, settings), {}, {}};
    const std::uint64_t count = plan.readout.weight.array.shape[0];
    if (count == 1) {
        if (!options.accept.empty())
            throw base::UsageError("--accept: expected several classes, found one score (accepted above 0)");
        return answer;
    }
    for (std::uint64_t c = 0; c < count; ++c)
        answer.classes.push_back(plan.classes_are_tokens ? vocabulary.name_of_row(c) : std::to_string(c));
    answer.accept = read_accepted(options.accept, answer.classes);
    if (answer.position == "each" && !answer.accept.empty())
        throw base::UsageError("--accept: expected none with --read each, which gives a class at each position");
    if (answer.accept.empty())
        settings.assume("accept", "none", "no class is named: the model has classes and accepts nothing");
    return answer;
}

void describe(Imported& imported, const Checkpoint& checkpoint, const Blueprint& plan, const Answer& answer) {
    imported.container = checkpoint.container;
    imported.layers = plan.layers.size();
    imported.heads = plan.layers.empty() ? 0 : plan.layers[0].heads.size();
    imported.dimension = plan.dimension;
    imported.vocabulary = plan.embedding.array.shape[0];
    imported.positions = plan.positions_limit;
    imported.classes = answer.classes;
    imported.dropped = checkpoint.dropped;
    imported.file = std::filesystem::path(checkpoint.file).filename().string();
    imported.sha256 = checkpoint.sha256;
    for (const auto& [name, array] : checkpoint.tensors)
        if (std::find(imported.ignored.begin(), imported.ignored.end(), name) == imported.ignored.end())
            imported.parameters += array.count();
}

}  // namespace

Imported import_model(const std::string& path, const Options& options, Logits* logits) {
    const Checkpoint checkpoint = read_checkpoint(path, options.member, options.memory_bytes);
    const Family& family = find_family(checkpoint, options.family);
    Settings settings = read_settings(checkpoint, options);
    Source source(checkpoint, settings);
    const Blueprint plan = family.read(source);
    Imported imported;
    imported.family = family.name;
    imported.ignored = leave_out(source, family);
    const Vocabulary vocabulary = read_vocabulary(options, plan.embedding.array.shape[0], settings);
    const Answer answer = read_answer(options, plan, vocabulary, settings);
    settings.require_all_used();
    if (logits != nullptr && answer.classes.size() > most_compared)
        throw base::UsageError(fmt::format("import: expected at most {} classes to compare, found {}", most_compared,
                                           answer.classes.size()));
    describe(imported, checkpoint, plan, answer);
    imported.assumed = settings.assumed();
    const Provenance provenance{options.name,  options.tensor_file, imported.family,
                                imported.file, imported.sha256,     imported.assumed};
    Document document = write_document(plan, vocabulary, answer, provenance, options.memory_bytes, logits);
    imported.version = document.version;
    imported.document = std::move(document.text);
    imported.tensors = std::move(document.tensors);
    return imported;
}

std::vector<std::string> family_names() {
    std::vector<std::string> all;
    for (const Family& family : families()) all.emplace_back(family.name);
    return all;
}

}  // namespace attest::formats::import
