#pragma once

#include <cstdint>
#include <variant>

#include "attest/measure/influence/study.hpp"
#include "attest/record/record.hpp"
#include "measure/influence/fit.hpp"
#include "record/recognised.hpp"
#include "record/words.hpp"
#include "soft/rounding.hpp"

namespace attest::record {

/// `attest influence --json`: how much one symbol moves the output, length by length.
struct Influence {
    /// The change of the output: reached on a word, and certainly never exceeded. All but two are missing where a
    /// length was not looked at.
    struct Bracket {
        Real reached;
        std::optional<std::string> reached_guarantee;  ///< `exact`, `lower`
        std::optional<std::optional<std::string>> word;
        std::optional<std::optional<std::int64_t>> position;  ///< from 1
        std::optional<std::string> replaced_by;
        std::optional<Ends> change;
        Real certified;
        std::optional<std::string> certified_guarantee;  ///< `upper`
        std::optional<Real> ratio;

        template <typename Self, typename Fields>
        static void list(Self& self, Fields& field) {
            field.nullable("reached", self.reached);
            field.optional("reached_guarantee", self.reached_guarantee);
            field.optional("word", self.word);
            field.optional("position", self.position);
            field.optional("replaced_by", self.replaced_by);
            field.optional("change", self.change);
            field.nullable("certified", self.certified);
            field.optional("certified_guarantee", self.certified_guarantee);
            field.optional("ratio", self.ratio);
        }
    };
    struct Bits {
        double value = 0;
        std::string guarantee, unit;

        template <typename Self, typename Fields>
        static void list(Self& self, Fields& field) {
            field.required("value", self.value);
            field.required("guarantee", self.guarantee);
            field.required("unit", self.unit);
        }
    };
    struct Enumerated {
        std::uint64_t words = 0;
        std::size_t classes = 0;

        template <typename Self, typename Fields>
        static void list(Self& self, Fields& field) {
            field.required("words", self.words);
            field.required("classes", self.classes);
        }
    };
    /// The vector that is read, on the same words.
    struct Moved {
        Ends moved;
        Real certified;
        Ends norm_change;

        template <typename Self, typename Fields>
        static void list(Self& self, Fields& field) {
            field.required("moved", self.moved);
            field.nullable("certified", self.certified);
            field.required("norm_change", self.norm_change);
        }
    };
    /// How layer norms stretch.
    struct Blowup {
        Ends value;
        std::string guarantee, on;

        template <typename Self, typename Fields>
        static void list(Self& self, Fields& field) {
            field.required("value", self.value);
            field.required("guarantee", self.guarantee);
            field.required("on", self.on);
        }
    };
    /// A word that rounding makes the network answer wrongly.
    struct Rounded {
        std::string type;
        std::optional<std::string> wrong;  ///< null: none was found
        std::optional<Real> rounded;
        std::optional<std::vector<std::string>> score;  ///< its ends, in balls

        template <typename Self, typename Fields>
        static void list(Self& self, Fields& field) {
            field.required("type", self.type);
            field.nullable("wrong", self.wrong);
            field.optional("rounded", self.rounded);
            field.optional("score", self.score);
        }
    };

    /// Of symbols that are not read; `read` is of the one that is.
    struct Length : Bracket {
        std::int64_t length = 0;
        std::optional<std::string> reason, detail;                      ///< why it was not looked at
        std::optional<std::optional<Bracket>> read;                     ///< null: the begin or end symbol is read
        std::optional<Real> theory, theory_log10, vacuous_until_log10;  ///< Lemma 5
        std::optional<Bits> parity_cross_entropy;
        std::optional<Ends> by_position;
        std::optional<Enumerated> enumerated;
        std::optional<std::uint64_t> cells;  ///< sets of words that were looked at
        std::optional<bool> complete;
        std::optional<Moved> readout_vector;
        std::optional<Blowup> blowup;
        std::optional<std::variant<Sampled, Recognised>> recognition;  ///< a sample is told by its members
        std::optional<Rounded> rounding;
        std::optional<double> seconds;

        template <typename Self, typename Fields>
        static void list(Self& self, Fields& field) {
            field.required("length", self.length);
            Bracket::list(self, field);
            field.optional("reason", self.reason);
            field.optional("detail", self.detail);
            field.optional("read", self.read);
            field.optional("theory", self.theory);
            field.optional("theory_log10", self.theory_log10);
            field.optional("vacuous_until_log10", self.vacuous_until_log10);
            field.optional("parity_cross_entropy", self.parity_cross_entropy);
            field.optional("by_position", self.by_position);
            field.optional("enumerated", self.enumerated);
            field.optional("cells", self.cells);
            field.optional("complete", self.complete);
            field.optional("readout_vector", self.readout_vector);
            field.optional("blowup", self.blowup);
            field.optional("recognition", self.recognition);
            field.optional("float", self.rounding);
            field.optional("seconds", self.seconds);
        }
    };

    std::string model;                    ///< its name
    std::optional<std::string> language;  ///< that it is meant to recognise
    Guaranteed squared_parameter_norm;
    std::vector<Length> results;
    Real exponent;  ///< of the law that fits what is reached
    std::optional<Ends> exponent_interval;
    std::optional<std::string> law;  ///< the nearest

    template <typename Self, typename Fields>
    static void list(Self& self, Fields& field) {
        field.constant("command", "influence");
        field.required("model", self.model);
        field.nullable("language", self.language);
        field.required("squared_parameter_norm", self.squared_parameter_norm);
        field.required("results", self.results);
        field.nullable("exponent", self.exponent);
        field.optional("exponent_interval", self.exponent_interval);
        field.optional("law", self.law);
    }
};

/// What was found at a length; recognition, rounding and seconds are the caller's to add.
Influence::Length influence_length(const network::Transformer& transformer, std::int64_t length,
                                   const influence::Study& study);
Influence::Length influence_length(std::int64_t length, const verdict::Undecided& why);
void add_law(Influence& record, const influence::PowerLaw& law);

Influence::Rounded rounded(const network::Transformer& transformer, soft::Float type,
                           const std::optional<soft::RoundingFailure>& failure);

// What tables say in the same words.

/// What PARITY costs any network whose output one symbol moves by no more than this, in bits a word.
double parity_floor(double certified);
/// The words of which Blowup is told, and whether they are all.
std::string blowup_words(const influence::Study& study);
bool is_of_all_words(const influence::Study& study);

}  // namespace attest::record
