package org.adapterstudio.engine.chat;

import com.hubspot.jinjava.Jinjava;
import com.hubspot.jinjava.JinjavaConfig;
import com.hubspot.jinjava.LegacyOverrides;
import com.hubspot.jinjava.el.JinjavaInterpreterResolver;
import com.hubspot.jinjava.interpret.Context;
import com.hubspot.jinjava.interpret.InterpretException;
import com.hubspot.jinjava.interpret.InterpreterFactory;
import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import com.hubspot.jinjava.lib.fn.ELFunctionDefinition;
import java.util.Collection;
import java.util.Map;
import jinjava.javax.el.CompositeELResolver;

/** jinjava set up to behave as the Jinja environment of transformers. */
final class JinjaDialect {
  private JinjaDialect() {}

  static Jinjava engine() {
    Jinjava engine = new Jinjava(config());
    Context context = engine.getGlobalContext();
    context.registerFunction(
        new ELFunctionDefinition(
            "", "raise_exception", TemplateRefusal.class, "raise", String.class));
    context.registerFunction(
        new ELFunctionDefinition("", "strftime_now", StrftimeNow.class, "now", String.class));
    context.registerTag(new GenerationTag());
    context.registerTag(new LoopBodyTag());
    PythonFilters.all().forEach(context::registerFilter);
    return engine;
  }

  private static JinjavaConfig config() {
    CompositeELResolver resolver = new CompositeELResolver();
    resolver.add(new PythonStrings());
    resolver.add(JinjavaInterpreterResolver.DEFAULT_RESOLVER_READ_ONLY);
    return JinjavaConfig.newBuilder()
        .withNestedInterpretationEnabled(false)
        .withElResolver(resolver)
        .withInterperterFactory(new Interpreters())
        .withLegacyOverrides(overrides())
        .build();
  }

  private static LegacyOverrides overrides() {
    return LegacyOverrides.newBuilder()
        .withParseWhitespaceControlStrictly(true)
        .withUseTrimmingForNotesAndExpressions(true)
        .withUsePyishObjectMapper(true)
        .withUseNaturalOperatorPrecedence(true)
        .withKeepNullableLoopValues(true)
        .withEvaluateMapKeys(true)
        .withIterateOverMapKeys(true)
        .withAllowAdjacentTextNodes(true)
        .build();
  }

  /** Makes interpreters that print as Python does. */
  private static final class Interpreters implements InterpreterFactory {
    @Override
    public JinjavaInterpreter newInstance(JinjavaInterpreter original) {
      return new PythonPrinting(original);
    }

    @Override
    public JinjavaInterpreter newInstance(Jinjava engine, Context context, JinjavaConfig config) {
      return new PythonPrinting(engine, context, config);
    }
  }

  /** An interpreter that prints true and false as Python does, and no collections. */
  private static final class PythonPrinting extends JinjavaInterpreter {
    PythonPrinting(JinjavaInterpreter original) {
      super(original);
    }

    PythonPrinting(Jinjava engine, Context context, JinjavaConfig config) {
      super(engine, context, config);
    }

    @Override
    public String getAsString(Object value) {
      if (value instanceof Collection<?> || value instanceof Map<?, ?>) {
        throw new InterpretException(
            "writing a list or mapping as text is not supported", getLineNumber());
      }
      return value instanceof Boolean b ? b ? "True" : "False" : super.getAsString(value);
    }
  }
}
