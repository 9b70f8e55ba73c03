#pragma once

#include <cstdint>

#include "attest/record/record.hpp"
#include "certify/loops.hpp"
#include "certify/simulation.hpp"
#include "programs/machines/rounding.hpp"

namespace attest::record {

/// `attest machine --json`: of one action; the members of the others are not there.
struct Machine {
    struct Network {
        std::string name;
        std::uint64_t dimension = 0, weights = 0;  ///< numbers that are not 0

        template <typename Self, typename Fields>
        static void list(Self& self, Fields& field) {
            field.required("name", self.name);
            field.required("dimension", self.dimension);
            field.required("weights", self.weights);
        }
    };

    /// Machine and network on one word.
    struct Run {
        std::uint64_t steps = 0;
        std::optional<std::uint64_t> accepted, network_accepted;  ///< time
        std::optional<bool> agrees;                               ///< where the network was run
        std::optional<std::uint64_t> wrong;                       ///< the time at which it does not
        std::optional<std::string> why;
        std::optional<std::vector<std::string>> trace;  ///< a line for each time

        template <typename Self, typename Fields>
        static void list(Self& self, Fields& field) {
            field.required("steps", self.steps);
            field.nullable("accepted", self.accepted);
            field.optional("network_accepted", self.network_accepted);
            field.optional("agrees", self.agrees);
            field.optional("wrong", self.wrong);
            field.optional("why", self.why);
            field.optional("trace", self.trace);
        }
    };

    struct Proof {
        std::string verdict;                  ///< `verified`, `refuted`, `undecided`
        std::optional<std::string> evidence;  ///< `construction`, `exhaustion`, `witness`, `error-calculus`
        std::optional<std::string> reason, detail;
        std::optional<std::uint64_t> length, steps;  ///< none: every word, for ever
        std::optional<std::uint64_t> words;
        std::optional<std::string> word;    ///< on which the network is wrong
        std::optional<std::uint64_t> time;  ///< when
        std::optional<std::string> why;
        std::optional<std::string> certificate;  ///< digest of its manifest
        double seconds = 0;

        template <typename Self, typename Fields>
        static void list(Self& self, Fields& field) {
            field.required("verdict", self.verdict);
            field.optional("evidence", self.evidence);
            field.optional("reason", self.reason);
            field.optional("detail", self.detail);
            field.optional("length", self.length);
            field.optional("steps", self.steps);
            field.optional("words", self.words);
            field.optional("word", self.word);
            field.optional("time", self.time);
            field.optional("why", self.why);
            field.optional("certificate", self.certificate);
            field.required("seconds", self.seconds);
        }
    };

    /// The network in floating point.
    struct Rounding {
        std::string format;  ///< `binary32`, `binary64`
        std::uint64_t steps = 0;
        bool right = false;  ///< at all these steps
        std::optional<std::uint64_t> step;
        std::optional<std::int64_t> cell;
        std::optional<std::uint64_t> last_visit, read;
        std::optional<bool> is_new;  ///< the cell was never visited; `last_visit` is the last step then
        std::optional<std::string> score, right_score;
        std::uint64_t scores = 0;  ///< that were computed

        template <typename Self, typename Fields>
        static void list(Self& self, Fields& field) {
            field.required("format", self.format);
            field.required("steps", self.steps);
            field.required("right", self.right);
            field.optional("step", self.step);
            field.optional("cell", self.cell);
            field.optional("last_visit", self.last_visit);
            field.optional("read", self.read);
            field.optional("is_new", self.is_new);
            field.optional("score", self.score);
            field.optional("right_score", self.right_score);
            field.required("scores", self.scores);
        }
    };

    /// A SUBLEQ program, and the network whose loop is a step.
    struct Loops {
        std::uint64_t scratch = 0, memory = 0, commands = 0, bits = 0, rows = 0;
        std::optional<std::string> temperature, snap;    ///< exact; none: the network was not run
        std::optional<std::uint64_t> loops;              ///< that were gone through
        std::optional<std::vector<std::int64_t>> cells;  ///< the memory after them
        std::optional<bool> halted;
        std::optional<std::vector<std::string>> trace;  ///< a line for each loop
        std::optional<std::string> error;               ///< an upper bound of all errors before the last layer, decimal
        std::optional<std::uint64_t> wrong;             ///< the first loop in which the network goes wrong
        std::optional<std::string> place, lower, upper;  ///< where, and what stands there before the last layer
        std::optional<std::int64_t> expected;            ///< −1, 0, 1
        std::optional<bool> overflows;                   ///< e^(temperature · L) is beyond binary64

        template <typename Self, typename Fields>
        static void list(Self& self, Fields& field) {
            field.required("scratch", self.scratch);
            field.required("memory", self.memory);
            field.required("commands", self.commands);
            field.required("bits", self.bits);
            field.required("rows", self.rows);
            field.optional("temperature", self.temperature);
            field.optional("snap", self.snap);
            field.optional("loops", self.loops);
            field.optional("cells", self.cells);
            field.optional("halted", self.halted);
            field.optional("trace", self.trace);
            field.optional("error", self.error);
            field.optional("wrong", self.wrong);
            field.optional("place", self.place);
            field.optional("lower", self.lower);
            field.optional("upper", self.upper);
            field.optional("expected", self.expected);
            field.optional("overflows", self.overflows);
        }
    };

    std::string action;   ///< `run`, `export`, `prove`, `float`
    std::string machine;  ///< its name
    std::string kind;     ///< `turing`, `subleq`
    std::optional<Network> network;
    std::optional<std::string> word;
    std::optional<Run> run;
    std::optional<Proof> proof;
    std::optional<Rounding> rounding;
    std::optional<Loops> loops;
    std::optional<base::Json> document;  ///< of one that is exported
    std::optional<std::string> output;   ///< a file
    double seconds = 0;

    template <typename Self, typename Fields>
    static void list(Self& self, Fields& field) {
        field.constant("command", "machine");
        field.required("action", self.action);
        field.required("machine", self.machine);
        field.required("kind", self.kind);
        field.optional("network", self.network);
        field.optional("word", self.word);
        field.optional("run", self.run);
        field.optional("proof", self.proof);
        field.optional("rounding", self.rounding);
        field.optional("loops", self.loops);
        field.optional("document", self.document);
        field.optional("output", self.output);
        field.required("seconds", self.seconds);
    }
};

Machine::Network network_of_machine(const network::Seq2seq& network);
Machine::Run machine_run(const machines::Comparison& comparison, bool with_network);
Machine::Proof machine_proof(const certify::Simulated& simulated);
Machine::Loops machine_loops(const machines::SubleqShape& shape);
/// With what was decided; `proof` is what is said of the verdict.
Machine::Loops machine_loops(const machines::SubleqShape& shape, const certify::LoopsDecided& decided,
                             Machine::Proof& proof);
void add_outcome(Machine::Loops& loops, std::size_t loop, const machines::LoopOutcome& outcome);
Machine::Rounding machine_rounding(const machines::RoundedRun& run, const machines::FloatFormat& format);

}  // namespace attest::record
