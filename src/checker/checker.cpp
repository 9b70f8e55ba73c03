#include "checker/checker.hpp"

#include <algorithm>
#include <chrono>
#include <map>
#include <new>
#include <optional>

#include "checker/classes/network_formula.hpp"
#include "checker/classes/softmax_heads.hpp"
#include "checker/classes/threshold.hpp"
#include "checker/core/directory.hpp"
#include "checker/core/files.hpp"
#include "checker/kernel/defect.hpp"
#include "checker/kernel/formula.hpp"
#include "checker/kernel/proof.hpp"
#include "checker/kernel/shown.hpp"
#include "checker/lines.hpp"
#include "checker/network/evaluator.hpp"
#include "checker/question/file_names.hpp"
#include "checker/question/question.hpp"
#include "checker/question/replay.hpp"
#include "checker/soft/enclosure.hpp"
#include "checker/translation/circuit_file.hpp"
#include "checker/translation/formula_of_miter.hpp"
#include "checker/translation/restriction.hpp"

namespace attest::checker {
namespace {

constexpr int most_nested_collections = 8;

std::string sentence(const RestrictionClaim& claim, std::size_t length) {
    return std::string(claim.accept ? " accepts" : " rejects") + " every word that agrees with " +
           std::to_string(claim.fixed.size()) + " of " + std::to_string(length) + " symbols" +
           (claim.optimal && !claim.fixed.empty() ? ", and fewer do not settle the answer" : "");
}

std::string sentence(const std::map<std::string, std::string>& map) {
    constexpr std::size_t most = 12;
    std::string text;
    std::size_t told = 0;
    for (const auto& [from, to] : map)
        if (told++ < most) text += (text.empty() ? "" : " ") + from + "->" + to;
    return ", read by the map " + quoted(text, 400) + (told > most ? " of " + std::to_string(told) + " symbols" : "");
}

/// The claim of one that is no collection.
std::string sentence(const Claim& claim) {
    const std::string at_length = " at length " + std::to_string(claim.length);
    const std::string model = quoted(claim.model);
    if (claim.sensitive)
        return "every word" + at_length + " is sensitive at every position for " + model +
               ", so nothing can be silenced";
    if (claim.restriction) return model + at_length + sentence(*claim.restriction, claim.length);
    if (claim.is_threshold()) return threshold_sentence(claim);
    return model + (claim.verified ? " recognises " : " does not recognise ") + shown_language(claim.language) +
           at_length + (claim.map ? sentence(*claim.map) : "");
}

std::string kind_of(const Claim& claim) {
    if (claim.is_collection) return "collection";
    if (claim.sensitive) return "sensitive";
    if (claim.restriction) return claim.restriction->optimal ? "optimal restriction" : "restriction";
    if (claim.is_threshold()) return claim.verified ? "possible threshold" : "impossible threshold";
    return claim.verified ? "recognises" : "does not recognise";
}

/// Goes through the obligations in order; the first that fails ends the check.
class Check {
  public:
    Check(std::string directory, const Options& options, int depth)
        : directory_(std::move(directory)), options_(options), depth_(depth), budget_(options) {
        report_.directory = directory_;
    }

    Report run() {
        const auto start = std::chrono::steady_clock::now();
        try {
            obligations();
            report_.accepted = report_.obligation.empty();
        } catch (const Stopped& stopped) {
            report_.stopped = stopped.by();
            report_.reason = stopped.what();
        } catch (const Unreadable& error) {
            report_.readable = false;
            report_.reason = error.what();
        } catch (const Defect& defect) {
            refuse(defect.place(), defect.what());
        } catch (const std::bad_alloc&) {
            report_.stopped = Stop::memory;
            report_.reason = "the machine gives no more memory";
        }
        report_.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
        return std::move(report_);
    }

  private:
    void refuse(const std::string& place, const std::string& reason) {
        report_.obligation = stage_;
        report_.place = place.empty() ? directory_ : place;
        report_.reason = reason;
    }

    void obligations() {
        stage_ = "digest";
        const std::string bytes = read_file(directory_, "manifest.json", std::nullopt, budget_);
        stage_ = "question";
        manifest_ = read_manifest(bytes, budget_);
        report_.kind = kind_of(manifest_.claim);
        if (!manifest_.claim.is_collection) report_.claim = sentence(manifest_.claim);
        report_.assumptions = manifest_.assumptions;
        report_.digest = manifest_.digest;

        stage_ = "digest";
        if (digest_of_manifest(bytes, manifest_.digest, budget_) != manifest_.digest)
            throw Defect("manifest.json: digest", "the manifest has another digest");
        if (manifest_.claim.is_collection) return collection();
        files_ = read_files(directory_, manifest_, budget_);
        if (manifest_.claim.is_threshold()) return threshold();
        if (!files_.contains("model.json")) throw Defect("model.json", "the file is missing");
        stage_ = "question";
        Json model = parse_json(files_.at("model.json"), "model.json", budget_);
        std::optional<std::string> companion;
        if (!holds_tables(model, "model.json")) companion = companion_name(model, "model.json");
        stage_ = "digest";
        check_file_names(manifest_, files_, companion);

        stage_ = "question";
        Question question = read_question(manifest_, files_, model, budget_);
        model = Json();
        if (question.tables) {
            const Acceptance acceptance = [&](const auto& word) { return accepts(*question.tables, word, budget_); };
            if (!question_is_about_restrictions()) return replay(question, acceptance);
            return restrictions(question, acceptance, nullptr);
        }
        if (question.model->is_soft()) return soft_evidence(question);
        const Instance instance = instantiate(*question.model, manifest_.claim.length, budget_);
        if (question_is_about_restrictions())
            return restrictions(
                question, [&](const auto& word) { return accepts(instance, word, budget_); }, &instance);
        const bool by_words =
            manifest_.evidence.kind == Evidence::Kind::exhaustion || manifest_.evidence.kind == Evidence::Kind::witness;
        if (by_words) return replay(question, [&](const auto& word) { return accepts(instance, word, budget_); });
        stage_ = "translation";
        refutation(build_miter(instance, question.language, question.letters, manifest_.evidence.drops, budget_));
    }

    bool question_is_about_restrictions() const { return manifest_.claim.restriction || manifest_.claim.sensitive; }

    /// FORMAT.md section 10; tables have no instance, and their evidence is no refutation
    void restrictions(const Question& question, const Answers& answers, const Instance* instance) {
        const std::vector<Symbol>& alphabet = question.alphabet;
        const bool sensitive = manifest_.claim.sensitive;
        const bool by_words = manifest_.evidence.kind == Evidence::Kind::exhaustion;
        Fixed fixed(manifest_.claim.length);
        if (!sensitive) fixed = read_fixed(manifest_.claim, manifest_.evidence, alphabet);
        stage_ = by_words ? "exhaustion" : "translation";
        if (by_words && sensitive) check_sensitive(manifest_, alphabet, answers, budget_);
        if (by_words && !sensitive) check_settled(manifest_, fixed, alphabet, answers, budget_);
        report_.evidence = "all " + std::to_string(manifest_.evidence.words) + " words evaluated exactly";
        const std::vector<Drop>& drops = manifest_.evidence.drops;
        if (!by_words)
            refutation(sensitive
                           ? build_silent(*instance, drops, budget_)
                           : build_restricted(*instance, fixed, manifest_.claim.restriction->accept, drops, budget_));
        if (sensitive) return;
        stage_ = "witness";
        check_pair(manifest_.claim, fixed, alphabet, answers);
        stage_ = "optimality";
        check_open(manifest_, fixed, alphabet, answers, budget_);
        if (manifest_.evidence.open)
            report_.evidence += ", " + std::to_string(manifest_.evidence.open->size()) + " words against fewer symbols";
    }

    /// Evidence that the evaluator looks at, word by word.
    void replay(const Question& question, const Acceptance& acceptance) {
        if (manifest_.evidence.kind == Evidence::Kind::exhaustion) {
            stage_ = "exhaustion";
            check_exhaustion(manifest_, question, acceptance, budget_);
            report_.evidence = "all " + std::to_string(manifest_.evidence.words) + " words evaluated exactly";
        } else {
            stage_ = "witness";
            check_witness(manifest_, question, acceptance, budget_);
            report_.evidence = "witness " + (manifest_.evidence.word.empty() ? "the empty word"
                                                                             : quoted(manifest_.evidence.word, 400));
        }
    }

    /// Softmax models have no circuit, and their scores are enclosed.
    void soft_evidence(const Question& question) {
        if (manifest_.evidence.kind == Evidence::Kind::witness)
            return replay(question, [&](const auto& word) {
                return accepts_softly(question, manifest_.claim.length, word, budget_);
            });
        stage_ = "enclosure";
        check_enclosure(manifest_, question, budget_);
        const std::string count = std::to_string(manifest_.evidence.words);
        report_.evidence = manifest_.evidence.classes
                               ? "all words, in " + count + " kinds by their counts, evaluated in intervals"
                               : "all " + count + " words evaluated in intervals";
    }

    /// circuit.json = miter(model, language, N, drops), formula.cnf = cnf(miter), proof: formula.cnf ⊢ ⊥
    void refutation(const Miter& miter) {
        check_circuit_file(miter, files_.at("circuit.json"), "circuit.json", budget_);
        const Formula formula = formula_of(miter, budget_);
        check_formula_text(formula, files_.at("formula.cnf"), "formula.cnf");

        stage_ = "refutation";
        const bool lrat = manifest_.evidence.kind == Evidence::Kind::lrat;
        const std::string file = lrat ? "proof.lrat" : "proof.xlrup";
        const std::uint64_t lines = (lrat ? check_lrat : check_xlrup)(formula, files_.at(file), file, budget_);
        report_.evidence = std::string(lrat ? "LRAT" : "XLRUP") + " refutation of " + std::to_string(lines) +
                           " lines, for a circuit of " + std::to_string(miter.circuit.gates()) + " gates";
    }

    void threshold() {
        check_file_names(manifest_, files_, std::nullopt);
        stage_ = "question";
        const ThresholdQuestion question = read_threshold_question(manifest_, files_, budget_);
        using Kind = Evidence::Kind;
        const Kind kind = manifest_.evidence.kind;
        stage_ = kind == Kind::network ? "network" : "bound";
        if (kind == Kind::network) {
            (manifest_.claim.softmax_heads > 0 ? check_softmax_network : check_network)(manifest_, question, files_,
                                                                                        budget_);
            report_.evidence =
                "a network, evaluated exactly on all " + std::to_string(manifest_.evidence.words) + " words";
        } else if (kind == Kind::restriction) {
            const std::size_t fixed = check_restriction_bound(manifest_, question, budget_);
            report_.evidence = std::to_string(fixed) +
                               " symbols can be fixed so that any network of the class is constant, "
                               "but none so that the language is";
        } else if (kind == Kind::peeling) {
            check_peeling_bound(manifest_, question, budget_);
            report_.evidence =
                "more pairs of words that differ in one symbol than a network of the class can tell apart";
        } else if (kind == Kind::sum) {
            check_alternating_sum(manifest_, question, files_, budget_);
            report_.evidence = "weights of the words, with signs, that add up to 0";
        } else {
            network_refutation(question);
        }
    }

    /// formula.cnf = (class, language, N, breaks) and cuts, proof: formula.cnf ⊢ ⊥
    void network_refutation(const ThresholdQuestion& question) {
        stage_ = "translation";
        const std::string& text = files_.at("formula.cnf");
        NetworkFormula network(*manifest_.claim.network_class, question.words, manifest_.evidence.breaks, budget_);
        const std::size_t without_cuts = network.formula().clauses();
        network.add_cuts(text, "formula.cnf");
        check_formula_text(network.formula(), text, "formula.cnf");
        stage_ = "refutation";
        const std::uint64_t lines = check_lrat(network.formula(), files_.at("proof.lrat"), "proof.lrat", budget_);
        report_.evidence = "LRAT refutation of " + std::to_string(lines) + " lines, with " +
                           std::to_string(network.formula().clauses() - without_cuts) + " cuts";
    }

    /// The sub-directories are the listed parts, each a certificate of the listed digest.
    void collection() {
        if (depth_ == most_nested_collections) throw Defect(directory_, "collections nested too deeply");
        check_sub_directories();
        for (const Part& part : manifest_.claim.parts) {
            Report report = Check(directory_ + "/" + part.directory, options_, depth_ + 1).run();
            if (report.stopped != Stop::none) throw Stopped(report.stopped);
            if (!report.readable) throw Unreadable(report.reason);
            if (report.accepted && report.digest != part.digest)
                throw Defect(part.directory, "the part has another digest than the collection says");
            const bool accepted = report.accepted;
            if (!accepted) {
                stage_ = report.obligation;
                refuse(part.directory + "/" + report.place, report.reason);
            }
            report_.parts.push_back(std::move(report));
            if (!accepted) return;
        }
        report_.claim = collection_sentence(report_.parts);
        report_.evidence =
            std::to_string(report_.parts.size()) + (report_.parts.size() == 1 ? " certificate" : " certificates");
    }

    void check_sub_directories() const {
        std::size_t found = 0;
        for (const DirectoryEntry& entry : list_directory(directory_)) {
            if (entry.name == "manifest.json") continue;
            bool listed = false;
            for (const Part& part : manifest_.claim.parts) listed = listed || part.directory == entry.name;
            if (!listed) throw Defect(entry.name, "the collection does not list this");
            if (!entry.is_directory) throw Defect(entry.name, "not a directory");
            ++found;
        }
        if (found != manifest_.claim.parts.size()) throw Defect("manifest.json: claim.parts", "a directory is missing");
    }

    std::string directory_;
    const Options& options_;
    int depth_;
    Budget budget_;
    std::string stage_;
    Manifest manifest_;
    Files files_;
    Report report_;
};

}  // namespace

int exit_status(std::span<const Report> reports) {
    const auto some = [&](auto is) { return std::any_of(reports.begin(), reports.end(), is); };
    if (some([](const Report& r) { return !r.readable || (!r.accepted && r.stopped == Stop::none); })) return 2;
    return some([](const Report& r) { return r.stopped != Stop::none; }) ? 3 : 0;
}

Report check(const std::string& directory, const Options& options) { return Check(directory, options, 0).run(); }

}  // namespace attest::checker
