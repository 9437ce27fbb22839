package io.meterlake.testing;

import static java.util.Objects.requireNonNull;

import com.sun.jdi.Bootstrap;
import com.sun.jdi.Method;
import com.sun.jdi.ReferenceType;
import com.sun.jdi.VMDisconnectedException;
import com.sun.jdi.VirtualMachine;
import com.sun.jdi.connect.Connector;
import com.sun.jdi.connect.ListeningConnector;
import com.sun.jdi.event.BreakpointEvent;
import com.sun.jdi.event.ClassPrepareEvent;
import com.sun.jdi.event.Event;
import com.sun.jdi.event.EventSet;
import com.sun.jdi.request.BreakpointRequest;
import com.sun.jdi.request.ClassPrepareRequest;
import com.sun.jdi.request.EventRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The real command as a process of its own that is killed without warning (SIGKILL) when it is about to do something. It
 * is stopped there by Java's debugger interface, so that the command needs no hook for it.
 */
public final class KilledCommand {
    private static final int PATIENCE_MILLIS = 120_000;
    private static final int KILLED = 137;

    private KilledCommand() {}

    /**
     * Where a command is killed: when it enters a method.
     *
     * @param type full name of the method's class
     * @param before how often it has entered the method before
     */
    public record Step(String type, String method, int before) {}

    /**
     * Runs a command until it is at the step, and kills it there.
     *
     * @return what it had said on stderr by then
     * @throws AssertionError if it ends before
     */
    public static String at(Step step, Path folder, List<String> arguments) throws Exception {
        ListeningConnector connector = Bootstrap.virtualMachineManager().listeningConnectors().stream()
                .filter(one -> one.name().equals("com.sun.jdi.SocketListen"))
                .findFirst()
                .orElseThrow();
        Map<String, Connector.Argument> listening = connector.defaultArguments();
        requireNonNull(listening.get("localAddress")).setValue("127.0.0.1");
        requireNonNull(listening.get("port")).setValue("0");
        requireNonNull(listening.get("timeout")).setValue(Integer.toString(PATIENCE_MILLIS));
        String address = connector.startListening(listening);
        try (MeterlakeProcess command = MeterlakeProcess.start(
                folder,
                List.of("-agentlib:jdwp=transport=dt_socket,server=n,suspend=y,address=127.0.0.1:"
                        + address.substring(address.lastIndexOf(':') + 1)),
                arguments)) {
            runTo(step, connector.accept(listening), command);
            command.process().destroyForcibly();
            if (command.status() != KILLED) {
                throw new AssertionError("the command ended with " + command.status() + " before it was killed");
            }
            return command.err();
        } finally {
            connector.stopListening(listening);
        }
    }

    /** Returns when the process stands still at the step. */
    private static void runTo(Step step, VirtualMachine machine, MeterlakeProcess command)
            throws IOException, InterruptedException {
        ClassPrepareRequest loaded = machine.eventRequestManager().createClassPrepareRequest();
        loaded.addClassFilter(step.type());
        loaded.enable();
        machine.resume();
        int left = step.before();
        try {
            while (true) {
                EventSet events = machine.eventQueue().remove(PATIENCE_MILLIS);
                if (events == null) {
                    throw new AssertionError("the command has not come to " + step + "; it said: " + command.err());
                }
                for (Event event : events) {
                    if (event instanceof ClassPrepareEvent prepared) {
                        stopAt(step, prepared.referenceType(), machine);
                    } else if (event instanceof BreakpointEvent && left-- == 0) {
                        return;
                    }
                }
                events.resume();
            }
        } catch (VMDisconnectedException e) {
            throw new AssertionError("the command ended before it was at " + step + "; it said: " + command.err(), e);
        }
    }

    private static void stopAt(Step step, ReferenceType type, VirtualMachine machine) {
        List<Method> methods = type.methodsByName(step.method());
        if (methods.size() != 1) {
            throw new AssertionError(step + " names " + methods.size() + " methods");
        }
        BreakpointRequest stop = machine.eventRequestManager()
                .createBreakpointRequest(methods.getFirst().location());
        stop.setSuspendPolicy(EventRequest.SUSPEND_ALL);
        stop.enable();
    }
}
