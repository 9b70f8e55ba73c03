#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <new>
#include <string>
#include <string_view>
#include <vector>

#include "checker/kernel/defect.hpp"
#include "checker/kernel/dimacs.hpp"
#include "checker/kernel/program.hpp"
#include "checker/kernel/proof.hpp"
#include "checker/kernel/shown.hpp"
#include "checker/planes/opb.hpp"
#include "checker/planes/proof.hpp"

// The program attest-proof-check: the rooms kernel and planes alone, for a formula and a proof in files. What the formula
// means, only a certificate says.

namespace {

using namespace attest::checker;

const char* const help =
    R"(Checks that a proof refutes a formula: that no assignment satisfies all its clauses, or all its inequalities.

usage: attest-proof-check [--format lrat|xlrup|pbp] [--timeout SECONDS] [--max-steps N] [--max-memory BYTES] FORMULA PROOF

  attest-proof-check cert/formula.cnf cert/proof.lrat     the refutation of a certificate
  attest-proof-check cert/formula.opb cert/proof.pbp      by cutting planes

FORMULA is a CNF formula in DIMACS format, PROOF an LRAT proof, text or binary, or an XLRUP proof. Or FORMULA has
inequalities over variables that are 0 or 1 in OPB format, and PROOF refutes them by cutting planes, in version 2.0 of
the format of VeriPB, with the rules pol, rup and del id (attest manual certificate-format, section 38.4).

--format FORMAT     of the proof: lrat, xlrup or pbp; needed where its name ends in none of .lrat, .xlrup and .pbp
--timeout SECONDS   stop after so long: what was not checked by then is UNDECIDED
--max-steps N       reject a proof that needs more steps (default 20000000000)
--max-memory BYTES  reject a proof that needs more memory (default 4294967296)
--version           print the version
--help              print this

VERIFIED: the proof refutes the formula. REJECTED: it does not, or a file is not what it should be, or needs more
than it may ask for. UNDECIDED: --timeout, Ctrl-C or SIGTERM ended the check. What the formula says about a model
is not looked at: attest-check does that.

exit status: 0 verified, 2 rejected, unreadable, or wrong usage, 3 undecided, 4 internal error
)";

struct Usage {
    Options options;
    std::string format;
    bool help = false;
    bool version = false;
    std::vector<std::string> files;
    std::string error;
};

/// A format of proofs, and how it is checked. `check` gives how many lines or rules the proof has.
struct Format {
    std::string_view name;  ///< as --format and the ends of names have it
    std::string_view shown, unit;
    std::uint64_t (*check)(const std::string& formula, const std::string& proof, const Usage& usage, Budget& budget);
};

template <auto check_clauses>
std::uint64_t check_dimacs(const std::string& formula, const std::string& proof, const Usage& usage, Budget& budget) {
    return check_clauses(read_dimacs(formula, usage.files[0], budget), proof, usage.files[1], budget);
}
std::uint64_t check_opb(const std::string& formula, const std::string& proof, const Usage& usage, Budget& budget) {
    return check_planes(read_opb(formula, usage.files[0], budget), proof, usage.files[1], budget);
}

constexpr Format formats[] = {{"lrat", "LRAT", "line", check_dimacs<check_lrat>},
                              {"xlrup", "XLRUP", "line", check_dimacs<check_xlrup>},
                              {"pbp", "cutting-planes", "rule", check_opb}};

/// The format of the proof, by what was said or by its name; null where neither tells it.
const Format* format_of(const Usage& usage) {
    for (const Format& format : formats)
        if (usage.format.empty() ? usage.files.at(1).ends_with("." + std::string(format.name))
                                 : usage.format == format.name)
            return &format;
    return nullptr;
}

Usage parse(const std::vector<std::string>& arguments) {
    Usage usage;
    bool only_files = false;
    for (std::size_t k = 0; k < arguments.size(); ++k) {
        const std::string& argument = arguments[k];
        const std::string next = k + 1 < arguments.size() ? arguments[k + 1] : "";
        if (only_files || !argument.starts_with("-")) {
            usage.files.push_back(argument);
        } else if (argument == "--") {
            only_files = true;
        } else if (argument == "--help" || argument == "-h") {
            usage.help = true;
        } else if (argument == "--version") {
            usage.version = true;
        } else if (argument == "--format") {
            usage.format = next, ++k;
            const auto has_name = [&](const Format& format) { return format.name == next; };
            if (std::none_of(std::begin(formats), std::end(formats), has_name))
                usage.error = "--format needs lrat, xlrup or pbp";
        } else if (take_limit(argument, next, usage.options, usage.error)) {
            ++k;
        } else {
            usage.error = "unknown option " + shown(argument, 80);
        }
    }
    if (!usage.error.empty() || usage.help || usage.version) return usage;
    if (usage.files.size() != 2) usage.error = "a formula and a proof were expected";
    else if (format_of(usage) == nullptr)
        usage.error = "the name of the proof ends in none of .lrat, .xlrup and .pbp: --format is needed";
    return usage;
}

std::string read_file(const std::string& path, Budget& budget) {
    constexpr std::size_t piece = std::size_t{1} << 24;
    std::error_code error;
    const bool is_file = std::filesystem::is_regular_file(path, error);
    if (!is_file) throw Unreadable(shown(path) + ": " + (error ? error.message() : "not a regular file"));
    const std::uintmax_t size = std::filesystem::file_size(path, error);
    std::ifstream file(path, std::ios::binary);
    if (error || !file) throw Unreadable(shown(path) + ": cannot be opened");
    budget.memory(size);
    std::string bytes(size, '\0');
    for (std::size_t at = 0; at < size; at += piece) {
        const std::size_t count = std::min<std::size_t>(piece, size - at);
        budget.step(count);
        if (!file.read(bytes.data() + at, static_cast<std::streamsize>(count)))
            throw Unreadable(shown(path) + ": cannot be read");
    }
    return bytes;
}

/// Prints what became of it, and gives the exit status.
class Answer {
  public:
    explicit Answer(const Usage& usage) : usage_(usage), formula_(quoted(usage.files[0], 400)) {}

    int run() {
        try {
            return check();
        } catch (const Stopped& stopped) {
            return undecided(stopped.what());
        } catch (const std::bad_alloc&) {
            return undecided("the machine gives no more memory");
        } catch (const Defect& defect) {
            std::cout << "REJECTED " << formula_ << ": " << shown(defect.place(), 400) << ": "
                      << shown(defect.what(), 400) << "\n";
        } catch (const Unreadable& error) {
            std::cerr << "attest-proof-check: " << error.what() << "\n";
        }
        return exit_bad_input;
    }

  private:
    int check() {
        Budget budget(usage_.options);
        const Format& format = *format_of(usage_);
        const std::string text = read_file(usage_.files[0], budget);
        const std::string proof = read_file(usage_.files[1], budget);
        const std::uint64_t count = format.check(text, proof, usage_, budget);
        std::cout << "VERIFIED " << formula_ << " is unsatisfiable (" << format.shown << " refutation of " << count
                  << " " << format.unit << (count == 1 ? "" : "s") << ") in " << seconds() << "\n";
        return 0;
    }

    int undecided(const std::string& reason) const {
        std::cout << "UNDECIDED " << formula_ << ": " << reason << " after " << seconds() << "\n";
        return exit_undecided;
    }

    std::string seconds() const {
        char text[32];
        const std::chrono::duration<double> spent = std::chrono::steady_clock::now() - start_;
        std::snprintf(text, sizeof text, "%.2f s", spent.count());
        return text;
    }

    const Usage& usage_;
    std::string formula_;
    std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

int run(const std::vector<std::string>& arguments) {
    Usage usage = parse(arguments);
    if (!usage.error.empty() && !usage.help && !usage.version) {
        std::cerr << "attest-proof-check: " << usage.error << " (see --help)\n";
        return exit_bad_input;
    }
    int status = 0;
    end_on_signals(usage.options);
    if (usage.help) std::cout << help;
    else if (usage.version) std::cout << "attest-proof-check " ATTEST_VERSION "\n";
    else status = Answer(usage).run();
    if (finish_output()) return status;
    std::cerr << "attest-proof-check: the output cannot be written\n";
    return exit_internal;
}

}  // namespace

int main(int argc, char** argv) {
    try {
        return run({argv + 1, argv + argc});
    } catch (const std::exception& error) {
        std::cerr << "attest-proof-check: internal error: " << error.what() << "\n";
        return exit_internal;
    }
}
