#include "certify/simulation.hpp"

#include <fmt/format.h>

#include <limits>

#include "attest/base/error.hpp"
#include "base/version.hpp"
#include "manifest.hpp"
#include "manifest_parts.hpp"
#include "notary.hpp"
#include "programs/machines/read.hpp"
#include "stopwatch.hpp"

namespace attest::certify {

namespace {

using Json = Manifest::Json;
using verdict::Verdict;

constexpr std::uint64_t most_words = std::uint64_t{1} << 22;
/// Where no proof is at hand a witness is looked for among these.
constexpr std::size_t tried_length = 4, tried_steps = 60, tried_words = 400;

verdict::Lengths lengths_of_scope(const SimulationScope& scope) {
    if (!scope.length) return {0, std::numeric_limits<std::int64_t>::max()};
    return verdict::Lengths::one(static_cast<std::int64_t>(*scope.length));
}

std::string joined(const std::vector<std::string>& word) {
    std::string text;
    for (const std::string& symbol : word) text += symbol;
    return text;
}

Json simulation_claim(const SimulationSubject& subject, const SimulationScope& scope, bool holds) {
    Json claim = {{"kind", "simulates"}, {"machine", subject.machine.name}};
    if (scope.length) {
        claim["inputs"] = {{"length", *scope.length}};
        claim["steps"] = *scope.steps;
    } else {
        claim["inputs"] = claim["steps"] = "all";
    }
    claim["verdict"] = holds ? "verified" : "refuted";
    return claim;
}

/// The normal form as a machine of a file.
std::string write_normal(const machines::NormalForm& normal) {
    machines::TuringMachine machine;
    machine.name = normal.name;
    machine.alphabet = normal.alphabet;
    machine.tape = normal.symbols;
    machine.states = normal.states;
    machine.accepting = normal.accepting;
    machine.moves.assign(normal.moves.begin(), normal.moves.end());
    return machines::write_turing(machine);
}

/// Words of one length after the other, in the order of the alphabet.
bool advance(std::vector<std::size_t>& word, std::size_t symbols) {
    for (std::size_t i = word.size(); i-- > 0;) {
        if (++word[i] < symbols) return true;
        word[i] = 0;
    }
    return false;
}

class Decision {
  public:
    Decision(const SimulationSubject& subject, const SimulationScope& scope, const base::Limits& limits,
             Archive& archive)
        : subject_(subject), scope_(scope), limits_(limits), archive_(archive) {}

    Simulated for_ever(const std::function<void(const std::string&)>& progress) {
        Verdict verdict = show(true, verdict::Evidence::exhaustion, {{"kind", "construction"}});
        if (verdict.holds() || verdict.why().reason != verdict::Reason::unchecked)
            return {scope_, {}, {}, std::move(verdict)};
        if (progress) progress("looking for a word on which the network is wrong");
        for (std::size_t length = 0; length <= tried_length; ++length) {
            look_at_words(length, tried_steps, tried_words);
            if (wrong_ || stopped_) break;
        }
        if (wrong_) return refuted();
        return {scope_, {}, {}, std::move(verdict)};
    }

    Simulated at_length() {
        require_few_words();
        look_at_words(*scope_.length, *scope_.steps, most_words);
        if (wrong_) return refuted();
        if (stopped_)
            return {scope_,
                    words_,
                    {},
                    Verdict::undecided(lengths_of_scope(scope_),
                                       {verdict::reason_of(*stopped_), fmt::format("after {} words", words_)})};
        return {
            scope_, words_, {}, show(true, verdict::Evidence::exhaustion, {{"kind", "exhaustion"}, {"words", words_}})};
    }

  private:
    void require_few_words() const {
        std::uint64_t count = 1;
        for (std::size_t i = 0; i < *scope_.length; ++i) {
            count *= subject_.machine.alphabet.size();
            if (count == 0)
                throw base::Unsupported(
                    fmt::format("the machine {} reads the empty word alone: length 0", subject_.machine.name));
            if (count > most_words) throw base::Unsupported("there are more than 2^22 words of this length");
            if (count == 1) break;
        }
    }

    void look_at_words(std::size_t length, std::size_t steps, std::uint64_t most) {
        const std::vector<std::string>& alphabet = subject_.machine.alphabet;
        if (length > 0 && alphabet.empty()) return;
        std::vector<std::size_t> number(length);
        std::uint64_t count = 0;
        do {
            std::vector<std::string> word;
            for (const std::size_t a : number) word.push_back(alphabet[a]);
            const machines::Comparison c =
                machines::compare(subject_.network.network, subject_.normal, word, steps, limits_);
            if (c.wrong) {
                wrong_ = WrongWord{word, *c.wrong, c.why};
                return;
            }
            if ((stopped_ = c.stopped)) return;
            ++words_;
        } while (++count < most && advance(number, alphabet.size()));
    }

    Simulated refuted() {
        const Json evidence = {{"kind", "witness"}, {"word", joined(wrong_->word)}, {"time", wrong_->time}};
        return {scope_, {}, wrong_, show(false, verdict::Evidence::witness, evidence)};
    }

    Verdict show(bool holds, verdict::Evidence kind, const Json& evidence) {
        const auto write = [&](const std::string& place) {
            Manifest manifest(place, simulation_claim(subject_, scope_, holds),
                              provenance_json({{{"attest", base::version()}}}), limits_);
            manifest.write("machine.json", subject_.machine_bytes);
            manifest.write("network.json", subject_.network.bytes);
            if (evidence["kind"] == "construction") manifest.write("normal.json", write_normal(subject_.normal));
            manifest.member("evidence") = evidence;
            return manifest.finish();
        };
        return Notary(archive_, "", limits_)
            .certify({lengths_of_scope(scope_),
                      holds ? verdict::Answer::holds : verdict::Answer::fails,
                      kind,
                      write,
                      {"exhaustion", "witness", "normal-form"}});
    }

    const SimulationSubject& subject_;
    const SimulationScope& scope_;
    const base::Limits& limits_;
    Archive& archive_;
    std::uint64_t words_ = 0;
    std::optional<WrongWord> wrong_;
    std::optional<base::Limit> stopped_;
};

}  // namespace

Simulated decide_simulation(const SimulationSubject& subject, const SimulationScope& scope, const base::Limits& limits,
                            Archive& archive, const std::function<void(const std::string&)>& progress) {
    const Stopwatch watch;
    Decision decision(subject, scope, limits, archive);
    Simulated result = scope.length ? decision.at_length() : decision.for_ever(progress);
    watch.stop(result.verdict);
    return result;
}

}  // namespace attest::certify
