#include "kept.hpp"

#include <filesystem>
#include <nlohmann/json.hpp>

#include "attest/base/error.hpp"
#include "manifest_parts.hpp"
#include "notary.hpp"
#include "stopwatch.hpp"

namespace attest::certify {

namespace {

namespace fs = std::filesystem;
using Document = nlohmann::json;

/// What a certificate of the question holds whatever the answer is.
struct Asked {
    std::string name;  ///< of the network
    const language::Alphabet& alphabet;
    const language::Language& language;
    const std::vector<std::pair<std::string, std::string>>& map;
    std::int64_t length;
    std::vector<std::pair<std::string, std::string>> files;  ///< by name
};

/// What a certificate says, which the checker is then asked about.
struct Said {
    std::string digest;
    decide::Outcome outcome;
    verdict::Evidence evidence = verdict::Evidence::none;
    bool is_closure = false;
};

verdict::Evidence evidence_of(const std::string& kind) {
    if (kind == "witness") return verdict::Evidence::witness;
    if (kind == "enclosure") return verdict::Evidence::enclosure;
    if (kind == "exhaustion" || kind == "closure") return verdict::Evidence::exhaustion;
    return verdict::Evidence::refutation;
}

bool is_claim(const Document& claim, const Asked& asked) {
    const bool file = !asked.language.source().empty();
    Document expected{{"kind", "recognises"},
                      {"model", asked.name},
                      {"language", file ? "dfa:language.json" : asked.language.name()},
                      {"length", asked.length},
                      {"verdict", claim.at("verdict")}};
    for (const auto& [symbol, meaning] : asked.map) expected["map"][symbol] = meaning;
    return claim == expected && (claim["verdict"] == "verified" || claim["verdict"] == "refuted");
}

/// Throws  InputError if it is not of the question
Said read_certificate(const std::string& place, const Asked& asked) {
    const std::string path = place + "/manifest.json";
    Said said;
    try {
        const Document manifest = Document::parse(base::read_file(path));
        if (!is_claim(manifest.at("claim"), asked))
            throw base::InputError(path, "a claim about what is asked", "another");
        manifest.at("digest").get_to(said.digest);
        const Document& evidence = manifest.at("evidence");
        said.evidence = evidence_of(evidence.at("kind"));
        said.is_closure = evidence["kind"] == "closure";
        const bool fails = manifest["claim"]["verdict"] == "refuted";
        if (fails)
            said.outcome.result =
                decide::Fails{{asked.alphabet.parse(evidence.at("word").get<std::string>(), path),
                               evidence.at("expected") == name_of(true), evidence.at("actual") == name_of(true)},
                              {}};
        else said.outcome.result = decide::Holds{decide::Exhaustion{}};
        if (fails != (said.evidence == verdict::Evidence::witness))
            throw base::InputError(path, "a witness where the claim is refuted, and nowhere else", "otherwise");
    } catch (const Document::exception&) {
        throw base::InputError(path, "the manifest of a certificate", "something else");
    }
    for (const auto& [name, bytes] : asked.files)
        if (base::read_file(place + "/" + name) != bytes)
            throw base::InputError(place + "/" + name, "the file that is asked about", "another");
    return said;
}

/// A pipe would be waited for, and a link leads to what nobody left here.
void require_files(const std::string& directory) {
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(directory, error)) {
        std::error_code none;
        if (!fs::is_regular_file(fs::symlink_status(entry.path(), none)))
            throw base::InputError(entry.path().string(), "a file of a certificate", "something else");
    }
    if (error) throw base::InputError(directory, "cannot read: " + error.message());
}

Recognition again(const std::string& directory, const Asked& asked, const base::Limits& limits, Archive& archive,
                  const std::string& part) {
    const Stopwatch watch;
    if (!fs::is_directory(directory)) throw base::InputError(directory, "a certificate", "none");
    require_files(directory);
    // Read where it was left, and once more where it is checked.
    Said said = read_certificate(directory, asked);
    const auto copy = [&](const std::string& place) {
        std::error_code error;
        fs::copy(directory, place, fs::copy_options::recursive | fs::copy_options::overwrite_existing, error);
        if (error) throw base::InputError(place, "cannot write: " + error.message());
        if (read_certificate(place, asked).digest != said.digest)
            throw base::InputError(directory, "a certificate that nobody changes", "a change");
        return said.digest;
    };
    const verdict::Answer answer = said.outcome.holds() ? verdict::Answer::holds : verdict::Answer::fails;
    verdict::Verdict verdict =
        Notary(archive, part, limits).certify({verdict::Lengths::one(asked.length), answer, said.evidence, copy, {}});
    watch.stop(verdict);
    Recognition result{asked.length, std::move(said.outcome), std::move(verdict), Vacuous::no, {}};
    if (said.is_closure) result.closure.emplace();
    return result;
}

void add_language(Asked& asked) {
    if (!asked.language.source().empty()) asked.files.emplace_back("language.json", asked.language.source());
}

}  // namespace

Recognition recognise_again(const std::string& directory, const Subject& subject, std::int64_t length,
                            const base::Limits& limits, Archive& archive, const std::string& part) {
    const formats::ModelFile& model = subject.model;
    const network::Transformer& t = model.transformer;
    Asked asked{t.name, t.alphabet, subject.language, subject.map, length, {{"model.json", model.bytes}}};
    if (!model.tensor_name.empty()) asked.files.emplace_back(model.tensor_name, model.tensor_bytes);
    add_language(asked);
    return again(directory, asked, limits, archive, part);
}

Recognition recognise_again(const std::string& directory, const ProgramSubject& subject, std::int64_t length,
                            const base::Limits& limits, Archive& archive, const std::string& part) {
    const network::Program& program = subject.program.program;
    Asked asked{program.name, program.alphabet, subject.language,
                subject.map,  length,           {{"model.json", subject.program.bytes}}};
    add_language(asked);
    return again(directory, asked, limits, archive, part);
}

}  // namespace attest::certify
