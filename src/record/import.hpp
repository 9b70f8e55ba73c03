#pragma once

#include <cstdint>

#include "attest/formats/import.hpp"
#include "attest/record/record.hpp"

namespace attest::record {

/// `attest import --json`: a checkpoint or a program that became a model file.
struct Import {
    struct Model {
        std::string file;
        std::optional<std::string> tensors;  ///< null: all numbers are in the file
        std::int64_t version = 1;
        std::uint64_t layers = 0, heads = 0, dimension = 0, vocabulary = 0;
        std::optional<std::uint64_t> positions;  ///< null: any number
        std::uint64_t parameters = 0;
        std::vector<std::string> classes;

        template <typename Self, typename Fields>
        static void list(Self& self, Fields& field) {
            field.required("file", self.file);
            field.nullable("tensors", self.tensors);
            field.required("version", self.version);
            field.required("layers", self.layers);
            field.required("heads", self.heads);
            field.required("dimension", self.dimension);
            field.required("vocabulary", self.vocabulary);
            field.nullable("positions", self.positions);
            field.required("parameters", self.parameters);
            field.required("classes", self.classes);
        }
    };
    struct Assumption {
        std::string key, value, because;

        template <typename Self, typename Fields>
        static void list(Self& self, Fields& field) {
            field.required("key", self.key);
            field.required("value", self.value);
            field.required("because", self.because);
        }
    };
    struct Source {
        std::string file, sha256;

        template <typename Self, typename Fields>
        static void list(Self& self, Fields& field) {
            field.required("file", self.file);
            field.required("sha256", self.sha256);
        }
    };
    /// With logits that were recorded.
    struct Comparison {
        std::uint64_t words = 0;
        double greatest_difference = 0;

        template <typename Self, typename Fields>
        static void list(Self& self, Fields& field) {
            field.required("words", self.words);
            field.required("greatest_difference", self.greatest_difference);
        }
    };

    std::string family, container;
    Model model;
    std::vector<Assumption> assumed;
    std::vector<std::string> dropped, ignored;
    Source source;
    std::optional<Comparison> against;

    template <typename Self, typename Fields>
    static void list(Self& self, Fields& field) {
        field.constant("command", "import");
        field.required("family", self.family);
        field.required("container", self.container);
        field.required("model", self.model);
        field.required("assumed", self.assumed);
        field.required("dropped", self.dropped);
        field.required("ignored", self.ignored);
        field.required("source", self.source);
        field.nullable("against", self.against);
    }
};

/// `attest import --list --json`: what a checkpoint holds.
struct Listing {
    struct Tensor {
        std::string name, type, shape;
        Members roles;  ///< by family

        template <typename Self, typename Fields>
        static void list(Self& self, Fields& field) {
            field.required("name", self.name);
            field.required("type", self.type);
            field.required("shape", self.shape);
            field.required("roles", self.roles);
        }
    };

    struct Setting {
        std::string key;
        std::optional<std::string> value;  ///< none: --set must tell it
        std::string because;

        template <typename Self, typename Fields>
        static void list(Self& self, Fields& field) {
            field.required("key", self.key);
            field.nullable("value", self.value);
            field.required("because", self.because);
        }
    };
    struct Network {
        std::uint64_t layers = 0, dimension = 0, vocabulary = 0, classes = 0;
        std::optional<std::uint64_t> positions, heads, feed_forward;

        template <typename Self, typename Fields>
        static void list(Self& self, Fields& field) {
            field.required("layers", self.layers);
            field.nullable("heads", self.heads);
            field.required("dimension", self.dimension);
            field.nullable("feed_forward", self.feed_forward);
            field.required("vocabulary", self.vocabulary);
            field.nullable("positions", self.positions);
            field.required("classes", self.classes);
        }
    };

    std::string container;
    std::vector<std::string> families;  ///< that fit
    std::vector<Tensor> tensors;
    std::optional<Network> network;  ///< where one family fits and can read it
    std::vector<Setting> settings;
    std::vector<std::string> hyperparameters, ignored;

    template <typename Self, typename Fields>
    static void list(Self& self, Fields& field) {
        field.constant("command", "import");
        field.required("container", self.container);
        field.required("families", self.families);
        field.required("tensors", self.tensors);
        field.nullable("network", self.network);
        field.required("settings", self.settings);
        field.required("hyperparameters", self.hyperparameters);
        field.required("ignored", self.ignored);
    }
};

/// `file`, `tensors`: what was written; the second only where the document has tensors of its own.
Import imported(const formats::import::Imported& found, const std::string& file, const std::string& tensors);
Listing listing(const formats::import::Listing& found);

}  // namespace attest::record
